import { describe, expect, it } from 'vitest';
import { errorCode, isTransient, PermanentError, TransientError } from './errors.ts';

const coded = (code: string): Error => Object.assign(new Error('x'), { code });

describe('an error', () => {
  it.each([
    ['said to be transient', new TransientError('slack-out', 'x')],
    ['a refused connection', coded('ECONNREFUSED')],
    ['PostgreSQL shutting down', coded('57P01')],
    ['a serialization failure', coded('40001')],
    ['Prisma that cannot reach its database', coded('P1001')],
    ['kafkajs, which says so itself', Object.assign(new Error('x'), { retriable: true, retryable: true })],
    ['caused by one, however deep', new Error('a', { cause: new Error('b', { cause: coded('ECONNRESET') }) })],
    ['of several addresses refused', new AggregateError([coded('ECONNREFUSED')])],
    ['a connection that ended in mid-query', new Error('Connection terminated unexpectedly')],
    ['a driver error inside Prisma', Object.assign(new Error('x'), { code: 'P2010', meta: { driverAdapterError: { cause: { originalCode: '57P03' } } } })],
  ])('is an outage: %s', (_, error) => {
    expect(isTransient(error)).toBe(true);
  });

  it.each([
    ['a bug', new TypeError('x is not a function')],
    ['a permanent failure, even one caused by an outage', new PermanentError('gone', 'x', { cause: coded('ECONNREFUSED') })],
    ['a unique violation', coded('23505')],
    ['a value too long', coded('22001')],
    ['nothing', undefined],
    ['a string', 'connection refused'],
  ])('is not an outage: %s', (_, error) => {
    expect(isTransient(error)).toBe(false);
  });

  it('whose causes go round in a circle is judged all the same', () => {
    const error: Error & { cause?: unknown } = new Error('round');
    error.cause = error;
    expect(isTransient(error)).toBe(false);
  });

  it('has a code for operators', () => {
    expect([new PermanentError('invalid-json', 'x'), new RangeError('x'), coded('23505'), 'x', null].map(errorCode)).toEqual(['invalid-json', 'RangeError', '23505', 'unknown', 'unknown']);
  });
});
