// What several hosts read from the environment, declared once.
import { z } from 'zod';
import { duration, flag, port, url } from './environment.ts';

const logLevel = z.enum(['debug', 'info', 'warn', 'error', 'silent'], { error: 'must be debug, info, warn, error or silent' });
const wholeNumber = (least: number) => z.string().regex(/^\d{1,9}$/, 'must be a whole number').transform(Number).refine((value) => value >= least, `must be ${least} or more`);

export const httpEnvironment = {
  TRADEWATCH_PORT: port.default(3000),
  TRADEWATCH_HOST: z.string().default('127.0.0.1'),
  TRADEWATCH_LOG_LEVEL: logLevel.default('info'),
};

export const outboundEnvironment = {
  /** Lets crawler and webhooks reach loopback and private addresses. */
  TRADEWATCH_ALLOW_PRIVATE_NETWORKS: flag.default(false),
  /** Mail address or page of whoever runs this, told to every site that is polled. */
  TRADEWATCH_CONTACT: z.string().max(200, 'must have at most 200 characters').default('self-hosted, no contact given'),
};

export const crawlEnvironment = {
  /** A sources YAML that replaces the catalog. */
  TRADEWATCH_SOURCES: z.string().optional(),
};

export const identityEnvironment = {
  TRADEWATCH_ADMIN_PASSWORD: z.string().min(8, 'must have at least 8 characters').optional(),
};

export const alertEnvironment = {
  /** How readers of alerts reach the web app. */
  TRADEWATCH_PUBLIC_URL: url('http', 'https').optional(),
};

export const databaseEnvironment = {
  DATABASE_URL: url('postgresql', 'postgres'),
  /** How long the event log in the database keeps events that everybody has read. */
  EVENT_LOG_RETENTION: duration.prefault('7d'),
};


export const redisEnvironment = { REDIS_URL: url('redis', 'rediss') };

const brokers = z.string().transform((list) => list.split(',').map((each) => each.trim()).filter(Boolean))
  .refine((list) => list.length > 0 && list.every((each) => /^[^\s:/]+:\d{1,5}$/.test(each)), 'must be a list of host:port, separated by commas');

export const kafkaEnvironment = {
  KAFKA_BROKERS: brokers,
  KAFKA_TLS: flag.default(false),
  /** PEM file of the certificate authority that signed the brokers' certificates, where the system does not know it. */
  KAFKA_TLS_CA_FILE: z.string().optional(),
  KAFKA_SASL_MECHANISM: z.enum(['plain', 'scram-sha-256', 'scram-sha-512'], { error: 'must be plain, scram-sha-256 or scram-sha-512' }).optional(),
  KAFKA_SASL_USERNAME: z.string().optional(),
  KAFKA_SASL_PASSWORD: z.string().optional(),
  KAFKA_PARTITIONS: wholeNumber(1).default(12),
  KAFKA_REPLICATION_FACTOR: wholeNumber(1).optional(),
  KAFKA_RETENTION_HOURS: wholeNumber(1).default(168),
  /** After this time without a sign of life a process's partitions go to the others, ms. */
  KAFKA_SESSION_TIMEOUT_MS: wholeNumber(1_000).default(20_000),
  /** For the fault suite only: a file that says where the process is to kill itself. */
  TRADEWATCH_FAULT_POINTS: z.string().optional(),
};

const lowerCased = z.string().transform((value) => value.toLowerCase());
const otlpProtocol = z.enum(['http/protobuf', 'http/json'], { error: 'must be http/protobuf or http/json' });

/**
 * What of OpenTelemetry's standard environment decides here; headers, timeouts, certificates, compression and resource attributes are
 * read by its own packages (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/).
 */
export const telemetryEnvironment = {
  OTEL_SDK_DISABLED: lowerCased.transform((value) => value === 'true').default(false),
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'console', 'none'], { error: 'must be otlp, console or none' }).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: url('http', 'https').optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: url('http', 'https').optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: otlpProtocol.default('http/protobuf'),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: otlpProtocol.optional(),
  OTEL_SERVICE_NAME: z.string().optional(),
  OTEL_TRACES_SAMPLER: z.enum(['always_on', 'always_off', 'traceidratio', 'parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'], {
    error: 'must be always_on, always_off, traceidratio, or one of these after parentbased_',
  }).default('parentbased_always_on'),
  OTEL_TRACES_SAMPLER_ARG: z.string().regex(/^(0(\.\d+)?|1(\.0+)?)$/, 'must be a number from 0 to 1').transform(Number).default(1),
  /** Longest a finished span waits to be sent, ms. */
  OTEL_BSP_SCHEDULE_DELAY: wholeNumber(1).default(5_000),
  OTEL_BSP_MAX_QUEUE_SIZE: wholeNumber(1).default(2_048),
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: wholeNumber(1).default(512),
};
