export { databaseCheck, HealthModule, type HealthCheck, type HealthChecks } from './health.ts';
export { Logger, loggingModule, type LoggingOptions } from './logging.ts';
export { MetricsModule } from './metrics.ts';
export { startTracing, tracingIsOn, type TelemetrySettings } from './tracing.ts';
