// Every code a source can carry, in words for whoever has to do something about it.

export interface FaultWords {
  /** What is wrong, in a few words. */
  readonly cause: string;
  /** What a person can do, or that nothing has to be done. */
  readonly advice: string;
}

const openAddress = 'Open the address in a browser';
const passing = 'Nothing, as long as it passes: it is asked again by itself. If it lasts for days, look whether the site has moved';
const moved = `${openAddress}: if the site has put its feed elsewhere, enter the new address here`;
const refuses = `${openAddress}. If it opens there, the site refuses programs: ask its operator to let the crawler in, or enter another address or a fallback`;
const misdirected = `${openAddress}, see where it ends up, and enter that address here`;
const ownNetwork = 'Check this machine’s network and name server. If other sources work, check the spelling of the address';
const hostile = 'Take no action on the page itself: it is read by no one as it is. If the source is trusted, tell its operator; otherwise delete it';
const forbidden = 'Enter an address on the public web. For a site in your own network, start tradewatch with TRADEWATCH_ALLOW_PRIVATE_NETWORKS=true';
const tooMuch = 'Look for a smaller feed of the same site (a section, or the newest entries), and enter its address';

const words: Readonly<Record<string, FaultWords>> = {
  'http-401': { cause: 'A sign-in is required', advice: `${openAddress}: look for a public feed, and enter its address` },
  'http-402': { cause: 'Payment is required', advice: `${openAddress}: look for a public feed, and enter its address` },
  'http-403': { cause: 'The site refuses access', advice: refuses },
  'http-404': { cause: 'Nothing at this address', advice: moved },
  'http-406': { cause: 'The site offers another format only', advice: `${openAddress} and check that the kind of the source is right` },
  'http-410': { cause: 'Gone for good', advice: 'Find its new address, enter it, and switch the source on; or delete it' },
  'http-429': { cause: 'Asked too often', advice: 'Choose a longer interval. The pause the site asked for is kept by itself' },
  'http-451': { cause: 'Blocked for legal reasons', advice: 'Enter a fallback, such as another edition of the same source' },
  'host-not-found': { cause: 'The name does not exist', advice: ownNetwork },
  'dns-failure': { cause: 'The name could not be looked up', advice: ownNetwork },
  unreachable: { cause: 'The site cannot be reached', advice: ownNetwork },
  'connection-refused': { cause: 'The site refuses the connection', advice: passing },
  'connection-lost': { cause: 'The site hangs up', advice: passing },
  timeout: { cause: 'The site is too slow', advice: passing },
  'tls-failure': { cause: 'No secure connection', advice: `${openAddress}: a browser says what is wrong with its certificate. Only its operator can put that right; a fallback helps meanwhile` },
  'protocol-error': { cause: 'An answer that is no HTTP', advice: passing },
  'request-failed': { cause: 'The request failed', advice: passing },
  aborted: { cause: 'The poll was cut short', advice: 'Nothing: it is asked again by itself' },
  'host-busy': { cause: 'The site’s turn did not come', advice: 'Nothing: many sources live on this site, and it is asked one thing at a time. If it happens often, choose longer intervals for them' },
  'too-many-redirects': { cause: 'Sent from address to address', advice: misdirected },
  'redirect-loop': { cause: 'Sent round in a circle', advice: misdirected },
  'redirect-without-location': { cause: 'A redirect to nowhere', advice: misdirected },
  'unexpected-redirect': { cause: 'An unexpected redirect', advice: misdirected },
  'insecure-redirect': { cause: 'Sent from https to http', advice: `${misdirected}, with https if the site has it` },
  'blocked-address': { cause: 'Not on the public web', advice: forbidden },
  'blocked-port': { cause: 'An unusual port', advice: forbidden },
  'blocked-scheme': { cause: 'No web address', advice: 'Enter an address that begins with https:// or http://' },
  'blocked-credentials': { cause: 'A password in the address', advice: 'Enter the address without name and password' },
  'invalid-url': { cause: 'No web address', advice: 'Correct the address' },
  'headers-too-large': { cause: 'An oversized answer', advice: hostile },
  'body-too-large': { cause: 'Too large to be read', advice: tooMuch },
  'too-many-entries': { cause: 'Too many entries', advice: tooMuch },
  'too-many-nodes': { cause: 'Too large to be read', advice: tooMuch },
  'too-deep': { cause: 'Nested too deep', advice: hostile },
  'entity-bomb': { cause: 'Made to overload its readers', advice: hostile },
  'unsupported-encoding': { cause: 'Packed in an unknown way', advice: 'Tell the site’s operator; a fallback helps meanwhile' },
  'corrupt-encoding': { cause: 'Packed badly', advice: passing },
  'not-a-feed': { cause: 'A web page, not a feed', advice: `${moved}. If it has no feed, choose the kind “Web page with a list” and say by selectors where its articles stand` },
  'invalid-json': { cause: 'Not readable as JSON', advice: `${openAddress} and check that the kind of the source is right. If it is, the site has to put it right` },
  'unexpected-shape': { cause: 'Not in the form expected', advice: `${openAddress} and check kind and, for a web page with a list, the selectors: the site may have been rebuilt` },
  empty: { cause: 'An empty answer', advice: `${openAddress}: if it is empty there too, the site may have moved its feed` },
  truncated: { cause: 'The feed breaks off', advice: 'Nothing: what came was read, and the rest is asked for again. If it lasts, tell the site’s operator' },
  unreadable: { cause: 'The feed cannot be read', advice: `${openAddress} and check that the kind of the source is right. If it is, tell the site’s operator` },
  gap: { cause: 'No edition yet', advice: 'Nothing: there may be none today (weekend, holiday), and the days without one are asked for again for ten days. If editions appeared, the service fails: a fallback helps meanwhile' },
  'robots-disallowed': { cause: 'Closed to programs by its robots.txt', advice: 'Respect it: ask the operator to let the crawler in (its name is “tradewatch”), or enter a feed that the site offers for programs' },
  'robots-unavailable': { cause: 'Its robots.txt cannot be read', advice: `${passing}. Until the site says what it allows, it is not asked for anything else` },
  overdue: { cause: 'Silent for longer than ever', advice: `${openAddress}: if there is news that the feed lacks, the feed is dead, and the site may have another one. If there is none, all is well` },
  'internal-error': { cause: 'An error on our side', advice: 'Look into the server’s log, which has the details of this poll' },
};

const serverTrouble: FaultWords = { cause: 'The site has trouble', advice: passing };
const notAccepted: FaultWords = { cause: 'The site does not accept the request', advice: moved };
const unknown: FaultWords = { cause: 'The poll failed', advice: passing };

/** @param code as the crawler stores it; null where it said nothing. */
export function faultWords(code: string | null): FaultWords {
  const known = words[code ?? ''];
  if (known) return known;
  if (/^http-(?:5\d\d|408|425)$/.test(code ?? '')) return serverTrouble;
  return /^http-[34]\d\d$/.test(code ?? '') ? notAccepted : unknown;
}
