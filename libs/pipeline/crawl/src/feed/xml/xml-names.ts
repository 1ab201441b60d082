// Feeds bind any prefix to any spelling of a namespace, or to none. This gives each element the one name the rest of the code knows.

/** Namespace (without scheme, www and trailing slash or hash, lower case) → canonical prefix; '' is the feed's own vocabulary. */
const prefixByNamespace: Readonly<Record<string, string>> = {
  'purl.org/rss/1.0': '',
  'my.netscape.com/rdf/simple/0.9': '',
  'my.netscape.com/publish/formats/rss-0.91.dtd': '',
  'channel.netscape.com/rdf/simple/0.9': '',
  'purl.org/net/rss1.1': '',
  'backend.userland.com/rss': '',
  'backend.userland.com/rss2': '',
  'backend.userland.com/rss091': '',
  'blogs.law.harvard.edu/tech/rss': '',
  'cyber.law.harvard.edu/rss': '',
  'w3.org/2005/atom': 'atom',
  'purl.org/atom/ns': 'atom',
  'example.com/newformat': 'atom',
  'purl.org/atom-blog/ns': 'atom',
  'w3.org/1999/02/22-rdf-syntax-ns': 'rdf',
  'purl.org/dc/elements/1.0': 'dc',
  'purl.org/dc/elements/1.1': 'dc',
  'purl.org/dc/elements/2.0': 'dc',
  'purl.org/dc/terms': 'dcterms',
  'purl.org/rss/1.0/modules/content': 'content',
  'purl.org/rss/1.0/modules/syndication': 'sy',
  'purl.org/rss/1.0/modules/slash': 'slash',
  'purl.org/rss/1.0/modules/dcterms': 'dcterms',
  'search.yahoo.com/mrss': 'media',
  'itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  'feedburner.org/ns/1.0': 'feedburner',
  'rssnamespace.org/feedburner/ext/1.0': 'feedburner',
  'w3.org/1999/xhtml': 'xhtml',
  'w3.org/xml/1998/namespace': 'xml',
  'purl.org/syndication/thread/1.0': 'thr',
  'google.com/schemas/sitemap-news/0.9': 'news',
  'sitemaps.org/schemas/sitemap/0.9': '',
};

const wellKnownPrefixes = new Set([...Object.values(prefixByNamespace), 'news', 'media', 'image', 'video'].filter((prefix) => prefix !== ''));

/** Element names whose canonical spelling is not lower case. */
const camelCase = new Map(
  ['pubDate', 'lastBuildDate', 'managingEditor', 'webMaster', 'skipHours', 'skipDays', 'textInput', 'isPermaLink', 'RDF', 'xmlUrl', 'htmlUrl']
    .map((name) => [name.toLowerCase(), name]),
);

/** Prefix bindings in force; '' is the default namespace. */
export type Bindings = ReadonlyMap<string, string>;

export function canonicalPrefix(namespace: string): string | undefined {
  const key = namespace.trim().toLowerCase().replace(/^https?:\/\/(?:www\.)?/, '').replace(/[/#]+$/, '');
  return prefixByNamespace[key];
}

/**
 * Canonical name of an element: `title`, `dc:creator`, `content:encoded`, `rdf:RDF`. Elements of Atom have no prefix in an Atom document
 * and `atom:` elsewhere, so that an Atom link inside RSS is not mistaken for the channel's own.
 */
export function canonicalName(qualified: string, bindings: Bindings, isAtom: boolean): string {
  const colon = qualified.indexOf(':');
  const written = colon > 0 ? qualified.slice(0, colon) : '';
  const local = localName(qualified.slice(colon > 0 ? colon + 1 : 0));
  const namespace = bindings.get(written);
  const known = namespace === undefined ? undefined : canonicalPrefix(namespace);
  const prefix = known ?? (written === '' ? '' : unknownPrefix(written, namespace));
  if (prefix === '' || (prefix === 'atom' && isAtom)) return local;
  return `${prefix}:${local}`;
}

/** A well-known prefix means what everyone means by it, unless the document binds it to something else of its own. */
function unknownPrefix(written: string, namespace: string | undefined): string {
  const lower = written.toLowerCase();
  if (lower === 'rss' && namespace === undefined) return '';
  return namespace !== undefined && lower === 'atom' ? 'other-atom' : wellKnownPrefixes.has(lower) ? lower : written;
}

export function localName(written: string): string {
  const lower = written.toLowerCase();
  return camelCase.get(lower) ?? lower;
}
