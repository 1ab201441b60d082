import { nodeApp } from '../../infra/build/node-app.ts';

export default nodeApp('cli');
