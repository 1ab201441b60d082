export { DeliverModule } from './deliver.module.ts';
export type { DeliverOptions } from './deliver-options.ts';
