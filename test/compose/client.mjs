// A client of the REST interface, through the gateway, as a person's browser or script is.

export class Client {
  #origin;
  #token;

  constructor(origin) {
    this.#origin = origin;
  }

  async signIn(email, password) {
    ({ token: this.#token } = await this.call('POST', '/api/auth/login', { email, password }));
  }

  /** @returns {Promise<Response>} the answer, whatever it is. */
  fetch(path, init = {}) {
    return fetch(this.#origin + path, { redirect: 'manual', signal: AbortSignal.timeout(30_000), ...init });
  }

  /** @returns {Promise<any>} the JSON of a success. Throws with the answer when it is none. */
  async call(method, path, body) {
    const response = await this.fetch(path, {
      method,
      headers: { ...(this.#token ? { authorization: `Bearer ${this.#token}` } : {}), ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer.slice(0, 500)}`);
    return answer ? JSON.parse(answer) : undefined;
  }

  /** Every item of a list, page by page. */
  async all(path, query = '') {
    const items = [];
    let cursor = null;
    do {
      const page = await this.call('GET', `${path}?limit=100${query}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return items;
  }
}
