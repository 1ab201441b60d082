/** One field the server refused; `field` is a path into the body, e.g. `filter.sectors.0`. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** What went wrong with a request, in the terms of RFC 9457. `status` is 0 when no answer came at all. */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly errors: readonly FieldError[];

  constructor(status: number, title: string, detail: string, errors: readonly FieldError[] = [], options?: ErrorOptions) {
    super(detail, options);
    this.name = 'Problem';
    this.status = status;
    this.title = title;
    this.errors = errors;
  }
}

const plainTitles: Readonly<Record<number, string>> = {
  400: 'The request was refused',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict with the current state',
  422: 'The request was refused',
  429: 'Too many requests',
  500: 'The server failed',
  502: 'The server is not reachable',
  503: 'The server is starting or overloaded',
  504: 'The server took too long',
};

/** Reads a problem from any error answer: problem details where the server sends them, plain words where a proxy answered instead. */
export function problemFrom(status: number, body: unknown): Problem {
  const fields = isRecord(body) ? body : {};
  const given = typeof fields['title'] === 'string' ? fields['title'] : '';
  // A title that only repeats the status ("Bad Request") tells a reader nothing; ours says it in plain words.
  const title = given !== '' && fields['type'] !== 'about:blank' ? given : (plainTitles[status] ?? (given || `Error ${status}`));
  const detail = typeof fields['detail'] === 'string' && fields['detail'] !== '' ? fields['detail'] : title;
  const errors = Array.isArray(fields['errors']) ? fields['errors'].filter(isFieldError) : [];
  return new Problem(status, title, detail, errors);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isFieldError(value: unknown): value is FieldError {
  return isRecord(value) && typeof value['field'] === 'string' && typeof value['message'] === 'string';
}
