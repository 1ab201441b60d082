import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

const { prototype } = RequestQueue;
// Kept as it is, to be called on each queue.
const { scheduleCheckPendingRequests: schedule } = prototype;
let mended = false;

/**
 * Keeps kafkajs 2.2.4 from waking up a thousand times a second for each connection: from its first answer on, a connection checks for
 * requests that wait by a timer set into the past (1 ms, and Node's TimeoutNegativeWarning), again and again although none waits. One
 * that comes to wait sets the timer itself.
 */
export function mendIdleConnections(): void {
  if (mended) return;
  mended = true;
  prototype.scheduleCheckPendingRequests = function scheduleWhereSomeWait(this: RequestQueue): void {
    if (this.pending.length > 0) schedule.call(this);
  };
}
