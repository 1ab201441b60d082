export { effectId } from './effect-id.ts';
export { PermanentError, TransientError, errorCode, isTransient } from './errors.ts';
export { EventLog, newTraceparent } from './event-log.ts';
export { EventPublisher, type NewEvent } from './event-publisher.ts';
export { OnEvent } from './on-event.ts';
export { EventServer } from './event-server.ts';
export { MessagingModule } from './messaging.module.ts';
export { EventCursorStore } from './postgres/event-cursor.store.ts';
