// Lists of feeds in and out, as feed readers exchange them.
import { generateOpml, parseOpml, type Opml } from 'feedsmith';
import { collapse } from './clean-html.ts';
import { decodeBytes } from './decode-bytes.ts';
import { isWebAddress, languageTag } from './entry-parts.ts';
import { FeedProblem } from './feed-result.ts';

export interface OpmlSource {
  readonly name: string;
  readonly url: string;
  /** The site's own address. */
  readonly siteUrl?: string | undefined;
  readonly language?: string | undefined;
  /** Names of the folders around it, outermost first. */
  readonly folders: readonly string[];
}

type Outline = NonNullable<Opml.Body<string>['outlines']>[number];

const maxDepth = 20;
const maxSources = 10_000;

/**
 * The feeds of an OPML file, each once, folders flattened into `folders`.
 * @throws FeedProblem `empty`, `not-a-feed` where it is no OPML, `too-deep`
 */
export function readOpml(bytes: Uint8Array): OpmlSource[] {
  const { text } = decodeBytes(bytes);
  if (text.trim() === '') throw new FeedProblem('empty', 'The file is empty');
  const sources = new Map<string, OpmlSource>();
  for (const outline of outlinesOf(text)) collect(outline, [], sources);
  return [...sources.values()];
}

function outlinesOf(text: string): readonly Outline[] {
  if (/<!ENTITY/i.test(text)) throw new FeedProblem('entity-bomb', 'The file declares entities, which a list of feeds has no use for');
  try {
    return (parseOpml<string>(text).body?.outlines ?? []) as readonly Outline[];
  } catch (error) {
    throw new FeedProblem('not-a-feed', `The file is not OPML: ${(error as Error).message.slice(0, 200)}`);
  }
}

function collect(outline: Outline, folders: readonly string[], sources: Map<string, OpmlSource>): void {
  if (folders.length > maxDepth) throw new FeedProblem('too-deep', `The file nests folders more than ${maxDepth} deep`);
  const name = collapse(outline.title ?? outline.text ?? '');
  const url = collapse(outline.xmlUrl ?? '');
  if (isWebAddress(url)) {
    if (sources.size < maxSources && !sources.has(url)) {
      sources.set(url, { name: name || url, url, siteUrl: isWebAddress(outline.htmlUrl) ? outline.htmlUrl : undefined, language: languageTag(outline.language) ?? undefined, folders });
    }
    return;
  }
  for (const child of outline.outlines ?? []) collect(child as Outline, name === '' ? folders : [...folders, name], sources);
}

/** An OPML 2.0 document of the sources, one folder a distinct first folder name. */
export function writeOpml(title: string, sources: readonly OpmlSource[]): string {
  const outline = (source: OpmlSource): Outline => ({
    text: source.name, title: source.name, type: 'rss', xmlUrl: source.url,
    ...(source.siteUrl === undefined ? {} : { htmlUrl: source.siteUrl }), ...(source.language === undefined ? {} : { language: source.language }),
  });
  const byFolder = Map.groupBy(sources, (source) => source.folders[0] ?? '');
  const outlines = [...byFolder].flatMap(([folder, members]) => (folder === '' ? members.map(outline) : [{ text: folder, outlines: members.map(outline) }]));
  return generateOpml({ head: { title }, body: { outlines } });
}
