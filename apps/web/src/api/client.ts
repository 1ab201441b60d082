import { Problem, problemFrom } from './problem.ts';

export type Query = URLSearchParams | Readonly<Record<string, string | number | undefined>>;

interface RequestOptions {
  readonly query?: Query | undefined;
  readonly body?: unknown;
  /** A file sent as it is, instead of a body of JSON. */
  readonly file?: { readonly content: Blob; readonly type: string } | undefined;
  readonly signal?: AbortSignal | undefined;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * One request to the server's REST interface, with the session cookie.
 * Returns the parsed JSON, or undefined for an empty answer.
 * @throws Problem for every answer that is not 2xx and when the server cannot be reached (status 0); an abort is rethrown as it is.
 */
export async function request<Answer>(method: Method, path: string, options: RequestOptions = {}): Promise<Answer> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (options.file !== undefined) headers['content-type'] = options.file.type;
  let response: Response;
  try {
    response = await fetch(`/api${path}${queryString(options.query)}`, {
      method,
      headers,
      credentials: 'same-origin',
      body: options.file?.content ?? (options.body === undefined ? null : JSON.stringify(options.body)),
      signal: options.signal ?? null,
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Problem(0, 'No connection', 'The server cannot be reached. Check that tradewatch is running, then try again.', [], { cause: error });
  }
  const body = await readJson(response);
  if (!response.ok) throw problemFrom(response.status, body);
  return body as Answer;
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!response.ok) return undefined;
    throw new Problem(response.status, 'Unreadable answer', 'The server sent something other than JSON. Reload the page; if it stays, the server and this page differ in version.', [], { cause: error });
  }
}

function queryString(query: Query | undefined): string {
  if (query === undefined) return '';
  const params = query instanceof URLSearchParams ? query : new URLSearchParams();
  if (!(query instanceof URLSearchParams)) {
    for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') params.set(name, String(value));
  }
  return params.size === 0 ? '' : `?${params}`;
}
