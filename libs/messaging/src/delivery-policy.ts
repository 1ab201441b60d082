// The one error policy of every consumer, on every substrate:
//   invalid or PermanentError → dead letter at once
//   TransientError (an outage) → the partition waits, backing off; never a dead letter
//   anything else             → 3 tries, then dead letter
// A list that fails is taken apart and handled event by event, so that one bad event costs nothing but itself.
import type { EventDefinition, EventEnvelope } from '@tradewatch/events';
import { errorCode, isTransient, PermanentError } from './errors.ts';
import type { ReceivedEvent } from './received-event.ts';

/** Characters of JSON: several times the longest article that the crawler takes, with all its evidence. Beyond it an event only costs memory. */
const largestPayload = 4_000_000;

export interface DeadLetter {
  readonly event: ReceivedEvent;
  readonly code: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly attempts: number;
}

/** What became of a list of one partition: `done` events from its start are finished with; the rest waits if there is one. */
export interface Outcome {
  readonly done: number;
  readonly deadLetters: readonly DeadLetter[];
  /** Why the event at index `done` has to wait. */
  readonly waiting?: unknown;
}

export type Handle = (events: readonly EventEnvelope[]) => Promise<void>;

export interface PolicyOptions {
  readonly tries?: number;
  /** Pause between tries of one event, ms. */
  readonly retryDelayMs?: number;
  /** Awaited before each single try: a transport's heartbeat, or a check that the partition is still ours (throws to stop). */
  readonly beforeTry?: () => Promise<void>;
}

/** Handles events of one partition in order. Never throws for what a handler did; dead letters are returned, not written. */
export async function handleInOrder(definition: EventDefinition, received: readonly ReceivedEvent[], handle: Handle, options: PolicyOptions = {}): Promise<Outcome> {
  const parsed = received.map((event) => parse(definition, event));
  const envelopes = parsed.filter((each) => 'data' in each);
  const invalid = parsed.filter((each): each is DeadLetter => 'code' in each);
  if (envelopes.length > 0) {
    await options.beforeTry?.();
    try {
      await handle(envelopes);
    } catch (thrown) {
      const error = thrown ?? nothingThrown();
      if (isTransient(error)) return { done: 0, deadLetters: [], waiting: error };
      return handleSingly(received, parsed, handle, options, envelopes.length === 1 ? error : undefined);
    }
  }
  return { done: received.length, deadLetters: invalid };
}

/**
 * Handles events of several partitions as one list, for fewer and larger transactions.
 * @returns false when anything is wrong with any of them; nothing is decided then, and each partition is handled by itself.
 */
export async function handleTogether(definition: EventDefinition, received: readonly ReceivedEvent[], handle: Handle): Promise<boolean> {
  const parsed = received.map((event) => parse(definition, event));
  if (parsed.some((each) => 'code' in each)) return false;
  return handle(parsed as EventEnvelope[]).then(() => true, () => false);
}

async function handleSingly(
  received: readonly ReceivedEvent[], parsed: readonly (EventEnvelope | DeadLetter)[], handle: Handle, options: PolicyOptions, firstError: unknown,
): Promise<Outcome> {
  const deadLetters: DeadLetter[] = [];
  for (const [index, each] of parsed.entries()) {
    if ('code' in each) {
      deadLetters.push(each);
      continue;
    }
    const failure = await handleOne(each, handle, options, firstError);
    if (!failure) continue;
    if (isTransient(failure.error)) return { done: index, deadLetters, waiting: failure.error };
    deadLetters.push(deadLetter(received[index]!, failure.error, failure.attempts));
  }
  return { done: received.length, deadLetters };
}

function nothingThrown(): Error {
  return new Error('The handler failed without saying why');
}

async function handleOne(event: EventEnvelope, handle: Handle, options: PolicyOptions, firstError: unknown): Promise<{ error: unknown; attempts: number } | null> {
  const { tries = 3, retryDelayMs = 200 } = options;
  let attempts = firstError === undefined ? 0 : 1;
  let error = firstError;
  for (;;) {
    if (error instanceof PermanentError || (error !== undefined && (isTransient(error) || attempts >= tries))) return { error, attempts };
    if (attempts > 0) await new Promise((resolve) => setTimeout(resolve, retryDelayMs * attempts));
    await options.beforeTry?.();
    try {
      await handle([event]);
      return null;
    } catch (thrown) {
      error = thrown ?? nothingThrown();
      attempts += 1;
    }
  }
}

function parse(definition: EventDefinition, event: ReceivedEvent): EventEnvelope | DeadLetter {
  try {
    if (event.id === null || event.key === null) throw new PermanentError('invalid-envelope', 'The event has no id or no key');
    if (typeof event.payload === 'string' && event.payload.length > largestPayload) {
      throw new PermanentError('event-too-large', `The event's data have ${event.payload.length} characters, more than the ${largestPayload} that are read`);
    }
    const value: unknown = typeof event.payload === 'string' ? JSON.parse(event.payload) : event.payload;
    const data = definition.schema.safeParse(value);
    if (!data.success) {
      const [issue] = data.error.issues;
      throw new PermanentError('invalid-event', `${issue?.path.join('.') || '(data)'}: ${issue?.message ?? 'does not fit the schema'}`);
    }
    return { id: event.id, topic: event.topic, key: event.key, occurredAt: event.occurredAt, traceparent: event.traceparent, tracestate: event.tracestate, data: data.data };
  } catch (error) {
    return deadLetter(event, error instanceof SyntaxError ? new PermanentError('invalid-json', error.message) : error, 1);
  }
}

function deadLetter(event: ReceivedEvent, error: unknown, attempts: number): DeadLetter {
  const { message = String(error), stack } = error instanceof Error ? error : {};
  return { event, code: errorCode(error), message, stack, attempts };
}

/** Wait before try number `attempt` (from 1) of an event that waits for an outage to end: 100 ms doubling to 15 s, ±20 %. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  return Math.round(Math.min(15_000, 100 * 2 ** Math.min(attempt - 1, 10)) * (0.8 + 0.4 * random()));
}
