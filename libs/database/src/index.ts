export { Database, DatabaseModule, type Connection, type DatabaseOptions, type Transaction } from './database.ts';
export { EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded/postgres-server.ts';
export { Prisma } from './generated/client.ts';
export { holdDatabase } from './hold-database.ts';
export { migrate, migrations } from './migrate.ts';
export { storableText } from './storable-text.ts';
export { assertDatabaseAnswers } from './assert-database.ts';
