import { Logger } from '@nestjs/common';
import { Kafka, logLevel, type SASLOptions } from 'kafkajs';
import { mendIdleConnections } from './idle-connections.ts';

export interface KafkaOptions {
  /** `host:port` of some brokers; the others are learned from them. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** TLS with the system's certificate authorities, or with `ca` (PEM). */
  readonly tls?: boolean | { readonly ca?: string; readonly cert?: string; readonly key?: string };
  readonly sasl?: { readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; readonly username: string; readonly password: string };
  /** Partitions of topics made at start: the most replicas of a step that can work side by side. */
  readonly partitions?: number;
  /** Copies of each partition; with 3, set `min.insync.replicas=2` on the brokers so that an acknowledged event survives the loss of one. */
  readonly replicationFactor?: number;
  /** How long topics keep events, ms. */
  readonly retentionMs?: number;
  /** After this time without a sign of life a consumer's partitions go to the others, ms. */
  readonly sessionTimeoutMs?: number;
  /** A file that says where the fault suite ends this process: see fault-point.ts. */
  readonly faultPoints?: string;
}

/** A kafkajs client whose log goes to ours: what it can mend itself is told at debug. */
export function connect({ brokers, clientId, tls, sasl }: KafkaOptions): Kafka {
  mendIdleConnections();
  const logger = new Logger('kafka');
  return new Kafka({
    clientId,
    brokers: [...brokers],
    ...(tls ? { ssl: tls === true ? true : { ...tls } } : {}),
    ...(sasl ? { sasl: sasl as SASLOptions } : {}),
    connectionTimeout: 3_000,
    requestTimeout: 15_000,
    // Reconnecting never gives up: an outage ends when the broker is back.
    retry: { initialRetryTime: 200, maxRetryTime: 5_000, retries: Number.MAX_SAFE_INTEGER },
    logLevel: logLevel.WARN,
    logCreator: () => ({ log: { message, timestamp: _, ...details } }) => logger.debug(details, message),
  });
}
