// What an error says about trying again. Everything else about errors is decided in one place: delivery-policy.ts.

/** The event can never be handled: it goes to the dead letters at once. `code` is stable and shown to operators. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
  constructor(readonly code: string, message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

/** Something the event depends on is out for now: its partition waits; an outage never makes a dead letter. */
export class TransientError extends Error {
  override readonly name = 'TransientError';
  constructor(readonly code: string, message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

// Node's connection errors; PostgreSQL classes 08 (connection), 53 (resources), 57P (shutdown), 40 (rollback: try again),
// 55P03 (lock timeout), 25P03/25006; Prisma's codes for "cannot reach", "timed out", "closed", "write conflict".
const transientCode = /^(ECONN(REFUSED|RESET|ABORTED)|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|UND_ERR_\w+|08\w{3}|53\w{3}|57P\w{2}|40\w{3}|55P03|25P03|P10(01|02|08|11|17)|P20(24|28|34))$/;
const transientMessage = /connection (terminated|closed|reset|refused|timeout)|server closed the connection|not queryable|can't reach database|timed? ?out|the database system is (starting|shutting)|cannot use a pool after calling end/i;

/** Whether an error, or anything that caused it, is an outage that passes by itself. */
export function isTransient(error: unknown, depth = 0): boolean {
  if (error instanceof TransientError) return true;
  if (error instanceof PermanentError || typeof error !== 'object' || error === null || depth > 8) return false;
  const { code, originalCode, retryable, retriable, message, cause, meta, errors } = error as Record<string, unknown>;
  // Ours and kafkajs's spelling.
  if (retryable === true || retriable === true) return true;
  if ([code, originalCode].some((value) => typeof value === 'string' && transientCode.test(value))) return true;
  if (typeof message === 'string' && transientMessage.test(message)) return true;
  const inner = [cause, (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError, ...(Array.isArray(errors) ? (errors as unknown[]) : [])];
  return inner.some((each) => isTransient(each, depth + 1));
}

/** A stable code for a dead letter or a log line. */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
}
