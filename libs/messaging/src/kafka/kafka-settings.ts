import { ConfigurationError, readNamedFile, type kafkaEnvironment } from '@tradewatch/config';
import type { z } from 'zod';
import type { KafkaOptions } from './kafka-connection.ts';

export type KafkaSettings = z.infer<z.ZodObject<typeof kafkaEnvironment>>;

/** The Kafka connection that the environment describes. @throws ConfigurationError for what does not go together or cannot be read. */
export async function kafkaOptions(settings: KafkaSettings, clientId: string): Promise<KafkaOptions> {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password, KAFKA_TLS_CA_FILE: caFile } = settings;
  if (mechanism && !(username && password)) throw new ConfigurationError(['KAFKA_SASL_MECHANISM needs KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD.']);
  const ca = await readNamedFile('KAFKA_TLS_CA_FILE', caFile);
  return {
    brokers: settings.KAFKA_BROKERS,
    clientId,
    partitions: settings.KAFKA_PARTITIONS,
    sessionTimeoutMs: settings.KAFKA_SESSION_TIMEOUT_MS,
    retentionMs: settings.KAFKA_RETENTION_HOURS * 3_600_000,
    ...(settings.KAFKA_REPLICATION_FACTOR ? { replicationFactor: settings.KAFKA_REPLICATION_FACTOR } : {}),
    ...(settings.TRADEWATCH_FAULT_POINTS ? { faultPoints: settings.TRADEWATCH_FAULT_POINTS } : {}),
    ...(settings.KAFKA_TLS || ca ? { tls: ca ? { ca } : true } : {}),
    ...(mechanism && username && password ? { sasl: { mechanism, username, password } } : {}),
  };
}
