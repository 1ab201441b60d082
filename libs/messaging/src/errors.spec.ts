import { KafkaJSConnectionError, KafkaJSNumberOfRetriesExceeded, KafkaJSNonRetriableError } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { isTransient, PermanentError, TransientError } from './errors.ts';

describe('an outage', () => {
  it('is what kafkajs would try again, also when it has given up trying', () => {
    const lost = new KafkaJSConnectionError('Closed', { broker: 'broker:9092' } as never);
    expect(isTransient(lost)).toBe(true);
    expect(isTransient(new KafkaJSNumberOfRetriesExceeded(lost, { retryCount: 5, retryTime: 100 }))).toBe(true);
    expect(isTransient(new KafkaJSNonRetriableError('The message is too large'))).toBe(false);
  });

  it('is found in what caused an error', () => {
    expect(isTransient(new Error('the handler failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) }))).toBe(true);
    expect(isTransient(new AggregateError([Object.assign(new Error('x'), { code: '57P01' })]))).toBe(true);
  });

  it('is not a mistake of ours, nor what says of itself that it is permanent', () => {
    expect(isTransient(new TypeError('x is not a function'))).toBe(false);
    expect(isTransient(new PermanentError('bad', 'timed out', { cause: new TransientError('y', 'y') }))).toBe(false);
    expect(isTransient(undefined)).toBe(false);
  });
});
