import { HttpError } from './http-error.ts';
import { checkUrl, type UrlPolicy } from './url-guard.ts';

/** The hops of one request: each is checked like a first URL, none is visited twice, https never falls back to http unasked. */
export class RedirectTrail {
  /** Whether a hop left the first origin, so that credentials must not travel on. */
  crossedOrigin = false;
  /** The address reached by the permanent redirects at the start of the trail. */
  movedPermanentlyTo: string | undefined;
  readonly #visited = new Set<string>();
  readonly #policy: UrlPolicy & { readonly allowDowngrade?: boolean };
  readonly #maxRedirects: number;
  #onlyPermanent = true;

  constructor(policy: UrlPolicy & { readonly allowDowngrade?: boolean }, maxRedirects: number) {
    this.#policy = policy;
    this.#maxRedirects = maxRedirects;
  }

  /** @throws HttpError where the URL may not be asked */
  start(url: string): URL {
    const checked = checkUrl(url, this.#policy);
    this.#visited.add(withoutFragment(checked));
    return checked;
  }

  /** The next URL to ask. @throws HttpError where the hop may not be made */
  follow(status: number, location: string | undefined, from: URL): URL {
    if (location === undefined || location === '') {
      throw this.#refuse('redirect-without-location', `${from.host} answered with a redirect that leads nowhere`, from.href);
    }
    const next = checkUrl(location, this.#policy, from);
    if (from.protocol === 'https:' && next.protocol === 'http:' && this.#policy.allowDowngrade !== true) {
      throw this.#refuse('insecure-redirect', `${from.host} redirects from https to http`, next.href);
    }
    const key = withoutFragment(next);
    if (this.#visited.has(key)) throw this.#refuse('redirect-loop', `${from.host} redirects in a circle`, next.href);
    if (this.#visited.size > this.#maxRedirects) {
      throw this.#refuse('too-many-redirects', `More than ${this.#maxRedirects} redirects in a row`, next.href);
    }
    this.#visited.add(key);
    this.#onlyPermanent &&= status === 301 || status === 308;
    if (this.#onlyPermanent) this.movedPermanentlyTo = next.href;
    if (next.origin !== from.origin) this.crossedOrigin = true;
    return next;
  }

  #refuse(code: 'redirect-without-location' | 'insecure-redirect' | 'redirect-loop' | 'too-many-redirects', message: string, url: string): HttpError {
    return new HttpError({ code, message, retryable: false, url });
  }
}

function withoutFragment(url: URL): string {
  return url.href.slice(0, url.href.length - url.hash.length);
}
