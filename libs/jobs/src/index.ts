export { JobQueue, defineJob, type EnqueueOptions, type JobDefinition } from './job-queue.ts';
export { JobsModule } from './jobs.module.ts';
