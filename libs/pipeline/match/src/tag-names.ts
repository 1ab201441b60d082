/** English names of what a rule can match by, for the reasons and badges a reader sees. */
import { tagName as nameIn } from '@tradewatch/taxonomy';

const regions = new Intl.DisplayNames(['en'], { type: 'region' });
const languages = new Intl.DisplayNames(['en'], { type: 'language' });

/** A sector's, topic's or authority's name. */
export function tagName(id: string): string {
  return nameIn(id, 'en');
}

export const jurisdictionName = remembered((code) => (/^[A-Z]{2}$/.test(code) ? (regions.of(code) ?? code) : code));

export const languageName = remembered((code) => (!/^[a-z]{2}$/.test(code) ? 'unknown' : (languages.of(code) ?? code)));

// Intl is slow to ask, and there are a few hundred codes at most.
function remembered(nameOf: (code: string) => string): (code: string) => string {
  const known = new Map<string, string>();
  return (code) => {
    let name = known.get(code);
    if (name === undefined) {
      name = nameOf(code);
      if (known.size < 1_000) known.set(code, name);
    }
    return name;
  };
}

/** "Tariff: in effect" for `{kind: 'tariff', stage: 'in-effect'}`. */
export function developmentName({ kind, stage }: { readonly kind: string; readonly stage: string }): string {
  return `${nameIn(kind, 'en')}: ${nameIn(stage, 'en').toLowerCase()}`;
}
