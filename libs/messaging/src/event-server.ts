import { Logger } from '@nestjs/common';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import type { EventEnvelope } from '@tradewatch/events';
import { isObservable, lastValueFrom } from 'rxjs';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import { handleInOrder, handleTogether, type Outcome, type PolicyOptions } from './delivery-policy.ts';
import { eventMetrics } from './event-metrics.ts';
import { handleTraced } from './event-tracing.ts';
import type { Subscription } from './on-event.ts';
import type { EventContext, ReceivedEvent } from './received-event.ts';

/** A handler with what it is registered for. */
export interface Consumer {
  readonly subscription: Subscription;
  /** Runs the handler through Nest (filters included); rejects with what it threw. */
  readonly handle: (events: readonly EventEnvelope[]) => Promise<void>;
}

/**
 * Nest's transport for events. Subclasses only fetch and commit; parsing, the error policy and dead letters are here and
 * the same on every substrate.
 */
export abstract class EventServer extends Server implements CustomTransportStrategy {
  // Nest's base `handleEvent` resolves although a handler failed; events never go through it (see `consumers`).
  override readonly propagatesEventHandlerErrors = true;
  protected readonly log = new Logger('events');

  constructor(private readonly deadLetters: DeadLetterQueue) {
    super();
  }

  abstract override listen(callback: (error?: unknown) => void): void;
  abstract override close(): Promise<void>;

  /** Whether every consumer still runs: what liveness reports. */
  abstract get alive(): boolean;

  override on(): never {
    throw new Error('Event servers emit no events of their own');
  }

  override unwrap<T>(): T {
    return this as unknown as T;
  }

  /** What the registered handlers are for. */
  subscriptions(): Subscription[] {
    return this.consumers().map(({ subscription }) => subscription);
  }

  /** The registered handlers. @throws Error when two handlers share a consumer group and an event. */
  protected consumers(): Consumer[] {
    return [...this.messageHandlers.values()].map((handler) => {
      const subscription = handler.extras?.['subscription'] as Subscription | undefined;
      if (!subscription) throw new Error('Register event handlers with @OnEvent');
      if (handler.next) throw new Error(`Two handlers for ${subscription.definition.topic} in group "${subscription.group}"`);
      return { subscription, handle: (events) => runThroughNest(handler, events, subscription) };
    });
  }

  /**
   * Handles events of one partition in order and makes its dead letters durable. Rejects only when that cannot be done
   * (the dead letter store is out), and then nothing may be committed.
   */
  protected async process({ subscription, handle }: Consumer, events: readonly ReceivedEvent[], options?: PolicyOptions): Promise<Outcome> {
    const { definition, group } = subscription;
    const end = eventMetrics.duration.startTimer({ group, topic: definition.topic });
    const outcome = await handleInOrder(definition, events, handle, options);
    await this.deadLetters.write(group, outcome.deadLetters);
    eventMetrics.handled.inc({ group, topic: definition.topic }, outcome.done - outcome.deadLetters.length);
    end();
    for (const { event, code, message, attempts } of outcome.deadLetters) {
      eventMetrics.deadLetters.inc({ group, topic: definition.topic });
      this.log.error({ group, topic: event.topic, partition: event.partition, offset: String(event.offset), eventId: event.id, code, attempts }, `dead letter: ${message}`);
    }
    return outcome;
  }

  /** Handles events of several partitions as one list. @returns false when that failed: then `process` each partition. */
  protected async processTogether({ subscription, handle }: Consumer, events: readonly ReceivedEvent[]): Promise<boolean> {
    const { definition, group } = subscription;
    const end = eventMetrics.duration.startTimer({ group, topic: definition.topic });
    const handled = await handleTogether(definition, events, handle);
    end();
    if (handled) eventMetrics.handled.inc({ group, topic: definition.topic }, events.length);
    return handled;
  }
}

async function runThroughNest(handler: MessageHandler, events: readonly EventEnvelope[], { group, definition }: Subscription): Promise<void> {
  const context: EventContext = { group, topic: definition.topic };
  await handleTraced({ group, definition }, events, async (traced) => {
    const result: unknown = await handler(traced, context);
    if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
  });
}
