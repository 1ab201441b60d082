import { applyDecorators, Catch, UseFilters, type ExceptionFilter } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import type { EventDefinition } from '@tradewatch/events';
import { throwError, type Observable } from 'rxjs';

/** What a handler registration carries to the event server, beside its pattern. */
export interface Subscription {
  readonly definition: EventDefinition;
  /** Consumer group: every group sees every event, replicas of one group share them. */
  readonly group: string;
}

/** The Nest pattern of a registration: unique in a process, whatever steps it hosts. */
export function patternOf({ definition, group }: Subscription): string {
  return `${group}:${definition.topic}`;
}

// Nest would strip type and cause from a plain error; the delivery policy needs both.
@Catch()
class RethrowFilter implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

/**
 * Marks a controller method as the handler of an event for a consumer group. The method takes a list
 * (`EventEnvelope<Data>[]`, at least one, in order within each key), has its effect on all of them or throws, and must be
 * idempotent: the same events can come again, alone or in other lists.
 */
export function OnEvent(definition: EventDefinition, group: string): MethodDecorator {
  const subscription: Subscription = { definition, group };
  return applyDecorators(EventPattern(patternOf(subscription), { subscription }) as MethodDecorator, UseFilters(new RethrowFilter()));
}
