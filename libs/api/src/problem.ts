import { HttpException } from '@nestjs/common';
import { STATUS_CODES } from 'node:http';

export interface FieldError {
  /** Path of the field in the body or query, e.g. `filter.sectors.0`. */
  readonly field: string;
  readonly message: string;
}

/** An error a client can act on, sent as problem details (RFC 9457). */
export class Problem extends HttpException {
  constructor(status: number, readonly detail: string, readonly errors: readonly FieldError[] = [], options?: { cause?: unknown }) {
    super({ type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, ...(errors.length ? { errors } : {}) }, status, options);
    this.message = detail;
  }

  static notFound(what: string, id: string): Problem {
    return new Problem(404, `There is no ${what} ${JSON.stringify(id)}.`);
  }

  /** @param field path of the field at fault. */
  static invalid(field: string, message: string): Problem {
    return new Problem(400, `${field}: ${message}`, [{ field, message }]);
  }
}
