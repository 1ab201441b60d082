import { flag, port, url } from '@tradewatch/config';
import { z } from 'zod';

/** The whole environment of `npm start`. */
export const environment = z.object({
  TRADEWATCH_DATA_DIR: z.string().default('.data'),
  TRADEWATCH_PORT: port.default(3000),
  TRADEWATCH_HOST: z.string().default('127.0.0.1'),
  /** How readers of alerts reach the web app; the local address when absent. */
  TRADEWATCH_PUBLIC_URL: url('http', 'https').optional(),
  TRADEWATCH_SOURCES: z.string().optional(),
  TRADEWATCH_ADMIN_PASSWORD: z.string().min(8, 'must have at least 8 characters').optional(),
  TRADEWATCH_ALLOW_PRIVATE_NETWORKS: flag.default(false),
  TRADEWATCH_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent'], { error: 'must be debug, info, warn, error or silent' }).default('info'),
  DATABASE_URL: url('postgresql', 'postgres').optional(),
});
export type Environment = z.infer<typeof environment>;
