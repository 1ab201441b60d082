export { ConfigurationError, flag, port, readEnvironment, url } from './environment.ts';
