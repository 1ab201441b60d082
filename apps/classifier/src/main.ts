import 'reflect-metadata';
import { runService } from '@tradewatch/api';
import { ClassifyModule } from '@tradewatch/classify';

/** Stateless: Kafka in, Kafka out, no database. */
await runService('classifier', {}, () => ({ imports: [ClassifyModule] }));
