export { childEnvironment, ConfigurationError, flag, port, readEnvironment, readNamedFile, url } from './environment.ts';
export * from './shared-environment.ts';
