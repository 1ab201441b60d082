import { alertEnvironment, crawlEnvironment, databaseEnvironment, httpEnvironment, identityEnvironment, outboundEnvironment, telemetryEnvironment } from '@tradewatch/config';
import { z } from 'zod';

/** The whole environment of `npm start`. */
export const environment = z.object({
  ...httpEnvironment, ...outboundEnvironment, ...crawlEnvironment, ...identityEnvironment, ...alertEnvironment, ...telemetryEnvironment,
  /** Folder of the embedded PostgreSQL. */
  TRADEWATCH_DATA_DIR: z.string().default('.data'),
  /** A PostgreSQL server to use instead of the embedded one. */
  DATABASE_URL: databaseEnvironment.DATABASE_URL.optional(),
  EVENT_LOG_RETENTION: databaseEnvironment.EVENT_LOG_RETENTION,
});
