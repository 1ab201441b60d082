/** Sources by id and by address; addresses that differ in scheme, `www.` or a last slash only are one. */
export class KnownSources {
  readonly #ids = new Set<string>();
  readonly #idByAddress = new Map<string, string>();

  constructor(sources: readonly { readonly id: string; readonly url: string }[]) {
    for (const source of sources) this.add(source);
  }

  add({ id, url }: { readonly id: string; readonly url: string }): void {
    this.#ids.add(id);
    if (!this.#idByAddress.has(addressKey(url))) this.#idByAddress.set(addressKey(url), id);
  }

  withAddress(url: string): string | undefined {
    return this.#idByAddress.get(addressKey(url));
  }

  freeId(wanted: string): string {
    if (!this.#ids.has(wanted)) return wanted;
    for (let number = 2; ; number += 1) {
      const id = `${wanted.slice(0, 63 - String(number).length).replace(/-+$/, '')}-${number}`;
      if (!this.#ids.has(id)) return id;
    }
  }
}

function addressKey(url: string): string {
  return url.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/\/$/, '');
}
