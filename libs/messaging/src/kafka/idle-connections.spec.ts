// Real: the request queue of kafkajs.
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';
import { afterEach, expect, it } from 'vitest';
import { mendIdleConnections } from './idle-connections.ts';

const queues: RequestQueue[] = [];
afterEach(() => queues.splice(0).forEach((queue) => queue.destroy()));

function requestQueue(): RequestQueue {
  const queue = new RequestQueue({ maxInFlightRequests: 1, requestTimeout: 1_000, enforceRequestTimeout: false, clientId: 'tests', broker: 'none', logger: { debug: () => undefined } });
  queues.push(queue);
  return queue;
}

it('a connection with nothing to do sets no timer, one whose requests wait does', () => {
  mendIdleConnections();
  mendIdleConnections();
  const idle = requestQueue();
  idle.checkPendingRequests();
  expect(idle.throttleCheckTimeoutId).toBeNull();
  const busy = requestQueue();
  busy.pending.push('a request');
  busy.scheduleCheckPendingRequests();
  expect(busy.throttleCheckTimeoutId).not.toBeNull();
});
