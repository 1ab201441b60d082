import { setTimeout as pause } from 'node:timers/promises';

/** One article of a list, as far as the demo looks at it. */
export interface ListedArticle {
  readonly storyId: string;
  readonly title: string;
  readonly relevant: boolean;
  readonly developments: readonly { readonly kind: string; readonly stage: string }[];
}

export interface NewSource {
  readonly name: string;
  readonly kind: 'rss' | 'atom';
  readonly url: string;
  readonly jurisdiction: string;
  readonly language: string;
  readonly authority: 'official' | 'press';
}

const requestTimeoutMs = 15_000;

/** The product's REST interface, as much of it as the demo uses. Every call throws when the answer is an error or `stopping` fires. */
export class RestClient {
  #token: string | undefined;

  constructor(private readonly origin: string, private readonly stopping: AbortSignal) {}

  async signIn(email: string, password: string): Promise<void> {
    const { token } = await this.#call<{ token: string }>('POST', '/api/auth/login', { email, password });
    this.#token = token;
  }

  /** @returns the channel's id. */
  async createSlackChannel(name: string, webhookUrl: string): Promise<string> {
    return (await this.#call<{ id: string }>('POST', '/api/channels', { name, type: 'slack', webhookUrl })).id;
  }

  async subscribe(name: string, filter: object, channelId: string): Promise<void> {
    await this.#call('POST', '/api/subscriptions', { name, filter, channelIds: [channelId], mode: { type: 'instant' } });
  }

  /** @returns the source's id. */
  async createSource(source: NewSource): Promise<string> {
    return (await this.#call<{ id: string }>('POST', '/api/sources', { ...source, interval: '15m', alertOnBackfill: true })).id;
  }

  /** Polls now, after the poll that may be under way. @returns how many articles were new. */
  async poll(sourceId: string): Promise<number> {
    for (;;) {
      const response = await this.#fetch(`/api/sources/${sourceId}/poll`, { method: 'POST' });
      if (response.status === 409) {
        await pause(200, undefined, { signal: this.stopping });
        continue;
      }
      const { newArticles, errorMessage } = await read<{ newArticles: number; errorMessage?: string }>(response);
      if (errorMessage) throw new Error(`polling ${sourceId}: ${errorMessage}`);
      return newArticles;
    }
  }

  /** @param query of the article list, e.g. `development=tariff`. */
  articles(query = ''): Promise<{ items: ListedArticle[]; total: number }> {
    return this.#call('GET', `/api/articles?limit=100&${query}`);
  }

  /** Deliveries by state; the demo makes fewer than a page of them. */
  async deliveries(state: string): Promise<number> {
    return (await this.#call<{ items: unknown[] }>('GET', `/api/deliveries?limit=100&state=${state}`)).items.length;
  }

  async #call<T>(method: string, path: string, body?: object): Promise<T> {
    return read<T>(await this.#fetch(path, { method, ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}) }));
  }

  #fetch(path: string, init: RequestInit & { headers?: Record<string, string> } = {}): Promise<Response> {
    return fetch(`${this.origin}${path}`, {
      ...init,
      // A connection kept open would hold up the product's end.
      headers: { ...init.headers, connection: 'close', ...(this.#token ? { authorization: `Bearer ${this.#token}` } : {}) },
      signal: AbortSignal.any([this.stopping, AbortSignal.timeout(requestTimeoutMs)]),
    });
  }
}

async function read<T>(response: Response): Promise<T> {
  if (response.ok) return (await response.json()) as T;
  const problem = (await response.json().catch(() => ({}))) as { detail?: string; title?: string; errors?: { field: string; message: string }[] };
  const fields = problem.errors?.map(({ field, message }) => `${field} ${message}`).join(', ');
  throw new Error(`${new URL(response.url).pathname} answered ${response.status}: ${fields ?? problem.detail ?? problem.title ?? response.statusText}`);
}
