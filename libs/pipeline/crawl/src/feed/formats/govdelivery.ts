// GovDelivery's bulletin widgets, as CBP uses them for its CSMS messages: a list of subject, date and link, bare or wrapped in a script call.
import { z } from 'zod';
import { decodeBytes } from '../decode-bytes.ts';
import { collapse, plainLine, sanitizeMarkup, textOfMarkup } from '../clean-html.ts';
import { parseFeedDate } from '../feed-date.ts';
import { asResult, FeedProblem, type FeedContext, type FeedEntry, type SourceFormat } from '../feed-result.ts';
import { normalizeUrl } from '../normalize-url.ts';
import { feedOf, readItems, readJson, shapeProblem } from './json-source.ts';

const bulletinSchema = z.object({ subject: z.string().min(1), pub_date: z.string().nullish(), href: z.string().min(1), body: z.string().nullish() });
type Bulletin = z.infer<typeof bulletinSchema>;

const scriptCall = /^\s*[\w.[\]]{1,60}\(\s*(?=[[{])/;
const messageNumber = /\bCSMS\s*#?\s*(\d{2}-\d{6}|\d{6,9})\b/i;

export const govdelivery: SourceFormat = {
  parse: (bytes, context) => asResult(() => {
    const content = readBulletins(bytes, context);
    const list = Array.isArray(content) ? content : undefined;
    if (list === undefined) throw shapeProblem('a list of bulletins');
    const feed = { title: 'Bulletins', link: context.url ?? null, language: 'en-US', description: null };
    return feedOf(feed, readItems(list, bulletinSchema).map((bulletin) => entryOf(bulletin, context)));
  }),
};

function readBulletins(bytes: Uint8Array, context: FeedContext): unknown {
  const { text } = decodeBytes(bytes, context.contentType);
  const call = scriptCall.exec(text);
  if (call === null) return readJson(bytes, context.contentType);
  try {
    return JSON.parse(text.slice(call[0].length, text.lastIndexOf(')'))) as unknown;
  } catch (error) {
    throw new FeedProblem('invalid-json', `The list of bulletins is not valid JSON: ${(error as Error).message.slice(0, 200)}`);
  }
}

/** The message number is the identity: the same message appears under several addresses. */
function entryOf(bulletin: Bulletin, context: FeedContext): FeedEntry {
  const date = parseFeedDate(bulletin.pub_date, { now: context.now ?? new Date(), language: 'en' });
  const number = messageNumber.exec(bulletin.subject)?.[1];
  const html = sanitizeMarkup(bulletin.body ?? '', context.url);
  return {
    id: number === undefined ? normalizeUrl(bulletin.href) : `CSMS ${number}`,
    title: plainLine(bulletin.subject),
    link: collapse(bulletin.href).replace(/[?&]wgt_ref=[^&#]*/, ''),
    published: date.iso,
    publishedRaw: bulletin.pub_date ?? null,
    publishedConfidence: bulletin.pub_date ? statedMonthFirst(date.confidence, bulletin.pub_date) : 'absent',
    updated: null,
    author: null,
    summary: html || null,
    content: null,
    text: textOfMarkup(html),
    categories: [],
    ...(number === undefined ? {} : { facts: { csms: number } }),
  };
}

/** US agencies write month/day: what would be a guess elsewhere is not one where time and zone are given too. */
function statedMonthFirst(confidence: FeedEntry['publishedConfidence'], raw: string): FeedEntry['publishedConfidence'] {
  return confidence === 'guessed' && /^\d{2}\/\d{2}\/\d{4} \d{1,2}:\d{2} [AP]M [A-Z]{3,4}$/.test(collapse(raw)) ? 'stated' : confidence;
}
