// Two addresses of one article must become one. What is taken away here is known not to change what the page says.
import { createHash } from 'node:crypto';

const trackingParameter = /^(?:utm_.+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|ttclid|yclid|igshid|igsh|mc_cid|mc_eid|_hsenc|_hsmi|hsctatracking|mkt_tok|vero_id|vero_conv|oly_anon_id|oly_enc_id|wickedid|_ga|_gl|s_cid|s_kwcid|cmpid|cmp|campaign_id|ncid|ocid|icid|smid|smtyp|sref|ref_src|ref_url|wgt_ref|wt\.[a-z_]+|at_[a-z_]+|xtor|xts|ns_[a-z_]+|feature=youtu\.be|taid|spm|scm|soc_src|soc_trk|guccounter|guce_referrer|guce_referrer_sig|srnd|partner|sharetype|share|mod|traffic_source|__twitter_impression|__source|ftag|echobox|fb_[a-z_]+|action_[a-z_]+|pk_[a-z]+|piwik_[a-z]+|mtm_[a-z]+|trk|trkcampaign|originalsubdomain|linkid|amp|amp_js_v|amp_gsa|usqp|outputtype|output|nl|emc|te|cid_source|feedtype|feedname|ftcamp|ito|rssfeed|at_campaign)$/i;
/** Names too short or common to drop everywhere: only with the values trackers give them. */
const trackingValue: Readonly<Record<string, RegExp>> = {
  ref: /^(?:rss|twitter|tw|fb|facebook|email|newsletter|share|home|homepage|nl|hp|search|sidebar|[\w-]*feed)$/i,
  source: /^(?:rss|twitter|facebook|email|newsletter|feed|google|googlenews|gnews|app|share)$/i,
  src: /^(?:rss|twitter|facebook|email|newsletter|feed|share|longreads)$/i,
  from: /^(?:rss|feed|twitter|facebook|email|timeline|groupmessage|singlemessage)$/i,
  via: /^(?:rss|twitter|feed|email)$/i,
  output: /^amp$/i,
  outputtype: /^amp$/i,
  mod: /^(?:rss|rsswn|e2fb|e2tw|djem.*|hp_.*|searchresults.*)$/i,
  amp: /^(?:|1|true|amp)$/i,
  share: /^(?:1|true|email|twitter|facebook|permalink)$/i,
  partner: /^(?:rss|feed|yahoo|msn|google|iht)$/i,
  oc: /^\d$/,
  ved: /./,
  ei: /./,
  cmp: /./,
  format: /^(?:amp|mobile)$/i,
  view: /^(?:amp|mobile)$/i,
  m: /^1$/,
  feed: /^(?:rss2?|atom|rdf)$/i,
  rss: /^(?:|1|true|yes)$/i,
  cid: /^[\w-]*(?:rss|feed)[\w-]*$/i,
  print: /^(?:|1|true|y|yes|print)$/i,
  page: /^all$/i,
  singlepage: /^(?:1|true)$/i,
};
const sessionPath = /;(?:jsessionid|phpsessid|sid)=[^/?#]*/i;
const mobileHost = /^(?:(?:www\d?|m|mobile|mobi|amp|wap|touch)\.)+(?=[^.]+\.[^.]+)/;
const indexFile = /\/(?:index|default)\.(?:html?|php|aspx?|jsp)$/i;
const ampPath = /(?:\/amp(?:\.html)?\/?|\.amp(?:\.html)?|\/amp\.html)$/i;
const ampPrefix = /^\/amp\//i;
/** What syndication and printing hang on an address that has a page of its own before it: `/2026/07/surtax/feed/`. */
const syndicationPath = /\/(?:feed(?:\/(?:atom|rss2?))?|rss|print|imprimir|imprimer)$/i;
const ampCache = /^([a-z0-9-]+)\.cdn\.ampproject\.org$/i;
const maxUnwrapping = 4;
/** Longer ones do not fit an index row of PostgreSQL. */
const longestKey = 1000;

/**
 * The identity of a web address: https, lower-case host without www, mobile or AMP parts, no default port, credentials, fragment,
 * tracking parameter, session id or index file, parameters in order, no slash at the end. Wrappers that name their target in the address (AMP caches,
 * redirectors of search engines and mail) are unwrapped. What is not a web address is returned trimmed. For comparison only: it need not be fetchable.
 */
export function normalizeUrl(address: string): string {
  const trimmed = address.trim();
  let url = parse(trimmed);
  if (url === undefined) return trimmed;
  for (let round = 0; round < maxUnwrapping; round += 1) {
    const target = unwrapped(url);
    if (target === undefined) break;
    url = target;
  }
  const host = stripHost(url.hostname);
  const port = url.port === '' || url.port === '80' || url.port === '443' ? '' : `:${url.port}`;
  return `https://${host}${port}${pathOf(url)}${queryOf(url)}${routeOf(url)}`;
}

/** What stored articles are compared by: the identity of a page, cut where it is longer than 1,000 characters. @returns undefined where the text is no http(s) address. */
export function pageKey(address: string): string | undefined {
  if (!/^https?:/i.test(address.trim()) || !URL.canParse(address)) return undefined;
  const key = normalizeUrl(address);
  return key.length <= longestKey ? key : `${key.slice(0, longestKey - 65)}#${createHash('sha256').update(key).digest('hex')}`;
}

/** Whether a page key names a page of its own; a home page says nothing about which article is meant. */
export function isOwnPage(key: string): boolean {
  return /^https:\/\/[^/?#]+[/?#]./.test(key);
}

/** The host of a page key, which one publisher's pages share. */
export function siteOf(key: string): string {
  return key.split('/', 3).join('/').split(/[?#]/, 1)[0] ?? '';
}

/** The address inside a wrapper, where the wrapper carries it in the open; undefined where it does not, or there is no wrapper. */
export function unwrapUrl(address: string): string | undefined {
  const url = parse(address.trim());
  return url === undefined ? undefined : unwrapped(url)?.href;
}

function parse(address: string): URL | undefined {
  if (address.length > 8192 || !/^https?:/i.test(address) || !URL.canParse(address)) return undefined;
  return new URL(address);
}

const redirectors: readonly { readonly host: RegExp; readonly path: RegExp; readonly parameters: readonly string[] }[] = [
  { host: /^(?:www|news)\.google\.[a-z.]{2,6}$/, path: /^\/(?:url|news\/url)$/, parameters: ['url', 'q'] },
  { host: /^(?:www\.)?bing\.com$/, path: /^\/news\/apiclick\.aspx$/i, parameters: ['url'] },
  { host: /^l\.(?:facebook|instagram)\.com$/, path: /^\/l\.php$|^\/$/, parameters: ['u'] },
  { host: /^(?:[a-z0-9]+\.)?safelinks\.protection\.outlook\.com$/, path: /^\/$/, parameters: ['url'] },
  { host: /^(?:www\.)?linkedin\.com$/, path: /^\/(?:redir\/redirect|safety\/go)$/, parameters: ['url'] },
  { host: /^out\.reddit\.com$/, path: /./, parameters: ['url'] },
  { host: /^duckduckgo\.com$/, path: /^\/l\/$/, parameters: ['uddg'] },
];

function unwrapped(url: URL): URL | undefined {
  const googleAmp = /^(?:www\.)?google\.[a-z.]{2,6}$/.test(url.hostname) && /^\/amp\/(s\/)?(.+)$/.exec(url.pathname);
  if (googleAmp) return parse(`http${googleAmp[1] ? 's' : ''}://${googleAmp[2]}${url.search}`);
  if (ampCache.test(url.hostname)) {
    const inside = /^\/(?:[acivr]|wp)\/(s\/)?(.+)$/.exec(url.pathname);
    if (inside) return parse(`http${inside[1] ? 's' : ''}://${inside[2]}${url.search}`);
  }
  const googleNews = url.hostname === 'news.google.com' && /^\/(?:rss\/|__i\/rss\/rd\/)?(?:articles|read)\/(CBM[\w-]{10,4000})$/.exec(url.pathname);
  if (googleNews) return insideGoogleNews(googleNews[1] ?? '');
  for (const { host, path, parameters } of redirectors) {
    if (!host.test(url.hostname) || !path.test(url.pathname)) continue;
    for (const name of parameters) {
      const target = parse(url.searchParams.get(name) ?? '');
      if (target) return target;
    }
  }
  return undefined;
}

/** Until 2024 the id of a Google News article held its address as it is (a length-prefixed string after two bytes); newer ids name it to Google alone. */
function insideGoogleNews(id: string): URL | undefined {
  const bytes = Buffer.from(id, 'base64url').toString('latin1');
  return parse(/https?:\/\/[\x21-\x7e]{4,2000}/.exec(bytes)?.[0] ?? '');
}

function stripHost(hostname: string): string {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  const bare = host.replace(mobileHost, '');
  // `m.` inside, as in `edition.m.example.com`.
  return bare.replace(/^([a-z-]+)\.(?:m|mobile|amp)\.(?=[^.]+\.[^.]+$)/, '$1.');
}

function pathOf(url: URL): string {
  let path = url.pathname.replace(sessionPath, '').replace(/\/{2,}/g, '/');
  path = path.replace(ampPath, '').replace(ampPrefix, '/').replace(indexFile, '/');
  path = path.replace(/%[0-9a-f]{2}/gi, (code) => {
    const character = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return /[A-Za-z0-9\-._~]/.test(character) ? character : code.toUpperCase();
  });
  path = path.replace(/\/+$/, '');
  const page = path.replace(syndicationPath, '');
  return page.split('/', 3).length === 3 ? page : path;
}

function queryOf(url: URL): string {
  const kept = [...url.searchParams].filter(([name, value]) => !isTracking(name, value));
  if (kept.length === 0) return '';
  kept.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0));
  return `?${new URLSearchParams(kept).toString()}`;
}

function isTracking(name: string, value: string): boolean {
  const byValue = trackingValue[name.toLowerCase()];
  return byValue === undefined ? trackingParameter.test(name) : byValue.test(value);
}

/** Fragments name places on a page, except where a script makes pages of them. */
function routeOf(url: URL): string {
  return /^#!?\/./.test(url.hash) ? url.hash : '';
}
