// Official notices often exist as PDF only: their text, in reading order, without the headers and footers that every page repeats.
import { getDocumentProxy } from 'unpdf';
import { collapse } from '../feed/clean-html.ts';
import { parseFeedDate } from '../feed/feed-date.ts';
import type { ExtractedArticle, ExtractOptions } from './extract-article.ts';
import { judgeText } from './text-quality.ts';

const maxBytes = 20_000_000;
const maxPages = 150;
const maxText = 1_000_000;
const maxMilliseconds = 20_000;

interface Line {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/**
 * Title, author, date and text of a PDF. Never rejects: one that is encrypted or broken has the verdict `unreadable`, one that is only
 * pictures of pages `empty`. Reads at most 150 pages or 20 s.
 */
export async function extractPdf(bytes: Uint8Array, options: Pick<ExtractOptions, 'url' | 'now'> = {}): Promise<ExtractedArticle> {
  const nothing = { title: null, byline: null, published: null, language: null, canonicalUrl: options.url ?? null, text: '' };
  if (bytes.length > maxBytes) return { ...nothing, quality: { score: 0, verdict: 'unreadable' } };
  try {
    // pdf.js takes the buffer over; the caller keeps its own.
    const document = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
    try {
      const info = (await document.getMetadata()).info as Readonly<Record<string, unknown>>;
      const pages = await readPages(document);
      const text = paragraphsOf(withoutRepeated(pages)).slice(0, maxText);
      const title = titleOf(info['Title'], pages);
      return {
        ...nothing,
        title,
        byline: nameOf(info['Author']),
        published: dateOf(info['CreationDate'], options.now ?? new Date()),
        language: typeof info['Language'] === 'string' ? info['Language'] : null,
        text,
        quality: judgeText({ text, title, pageText: text, isFree: true }),
      };
    } finally {
      await document.loadingTask.destroy();
    }
  } catch {
    return { ...nothing, quality: { score: 0, verdict: 'unreadable' } };
  }
}

type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;

async function readPages(document: PdfDocument): Promise<Line[][]> {
  const deadline = Date.now() + maxMilliseconds;
  const pages: Line[][] = [];
  for (let number = 1; number <= Math.min(document.numPages, maxPages) && Date.now() < deadline; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    const lines: Line[] = [];
    let text = '';
    let start: { x: number; y: number; height: number } | undefined;
    for (const item of items) {
      if (!('str' in item)) continue;
      const [, , , scale = 0, x = 0, y = 0] = item.transform as number[];
      if (item.str !== '') start ??= { x, y, height: item.height || Math.abs(scale) };
      text += item.str;
      if (!item.hasEOL) continue;
      if (start !== undefined && text.trim() !== '') lines.push({ ...start, text: collapse(text) });
      text = '';
      start = undefined;
    }
    if (start !== undefined && text.trim() !== '') lines.push({ ...start, text: collapse(text) });
    pages.push(lines);
    page.cleanup();
  }
  return pages;
}

/** Lines at the top and bottom that come back, whatever their page number, on most pages. */
function withoutRepeated(pages: readonly Line[][]): Line[][] {
  if (pages.length < 3) return [...pages];
  const key = (line: Line): string => line.text.replace(/\d+/g, '#');
  const edges = (lines: readonly Line[]): Line[] => [...lines.slice(0, 2), ...lines.slice(-2)];
  const counts = new Map<string, number>();
  for (const lines of pages) for (const edge of new Set(edges(lines).map(key))) counts.set(edge, (counts.get(edge) ?? 0) + 1);
  return pages.map((lines) => {
    const repeated = new Set(edges(lines).filter((line) => (counts.get(key(line)) ?? 0) > pages.length * 0.5));
    return lines.filter((line) => !repeated.has(line));
  });
}

/** Lines of a paragraph are joined, words split at a line's end mended; a wider gap or an indented first line starts the next. */
function paragraphsOf(pages: readonly Line[][]): string {
  const paragraphs: string[] = [];
  let current = '';
  let previous: Line | undefined;
  for (const line of pages.flat()) {
    if (previous !== undefined && startsParagraph(line, previous, current)) {
      paragraphs.push(current);
      current = '';
    }
    current = current === '' ? line.text : /\p{Ll}-$/u.test(current) && /^\p{Ll}/u.test(line.text) ? current.slice(0, -1) + line.text : `${current} ${line.text}`;
    previous = line;
  }
  return [...paragraphs, current].filter((paragraph) => paragraph !== '').join('\n\n');
}

function startsParagraph(line: Line, previous: Line, current: string): boolean {
  const gap = previous.y - line.y;
  const height = Math.max(line.height, previous.height, 1);
  // A jump upwards is the next column or page: the sentence may go on there.
  if (gap < 0 || gap > height * 8) return /[.:;!?”"»)]$/.test(current);
  return gap > height * 1.7 || (line.x - previous.x > height * 0.8 && line.x - previous.x < height * 6) || Math.abs(line.height - previous.height) > height * 0.25;
}

function titleOf(stated: unknown, pages: readonly Line[][]): string | null {
  const title = typeof stated === 'string' ? collapse(stated) : '';
  if (title.length > 8 && title.includes(' ') && !/^(?:microsoft word|untitled|document\d*|layout \d)/i.test(title) && !/\.(?:docx?|pdf|indd|qxd|fm)$/i.test(title)) return title;
  const first = pages[0]?.slice(0, 30) ?? [];
  const tallest = Math.max(0, ...first.map((line) => line.height));
  const from = first.findIndex((line) => line.height === tallest);
  let end = from;
  while (end < first.length && first[end]?.height === tallest && end - from < 4) end += 1;
  return from === -1 ? null : collapse(first.slice(from, end).map((line) => line.text).join(' ')).slice(0, 300) || null;
}

function nameOf(stated: unknown): string | null {
  const name = typeof stated === 'string' ? collapse(stated) : '';
  return name.length > 2 && name.length < 100 ? name : null;
}

/** `D:20260701090000-04'00'` (ISO 32000, 7.9.4). */
function dateOf(stated: unknown, now: Date): string | null {
  const match = /^D?:?(\d{4})(\d{2})(\d{2})(\d{2})?(\d{2})?(\d{2})?([Z+-])?(\d{2})?'?(\d{2})?/.exec(typeof stated === 'string' ? stated : '');
  if (match === null) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00', sign = 'Z', zoneHour = '00', zoneMinute = '00'] = match;
  return parseFeedDate(`${year}-${month}-${day}T${hour}:${minute}:${second}${sign === 'Z' ? 'Z' : `${sign}${zoneHour}:${zoneMinute}`}`, { now }).iso;
}
