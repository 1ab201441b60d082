export * from './feed-server.ts';
export * from './test-database.ts';
export * from './wait-for.ts';
export * from './slack-receiver.ts';
export * from './program.ts';
export * from './kafka-broker.ts';
export * from './redis-server.ts';
