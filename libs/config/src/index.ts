export { childEnvironment, ConfigurationError, duration, flag, port, readEnvironment, readNamedFile, url } from './environment.ts';
export * from './shared-environment.ts';
