// The US Federal Register's API (documents.json): notices with their numbers, agencies, dockets and dates.
import { DateTime } from 'luxon';
import { z } from 'zod';
import { collapse, escapeHtml, plainLine } from '../clean-html.ts';
import { joinNames } from '../entry-parts.ts';
import { asResult, type FeedEntry, type SourceFormat } from '../feed-result.ts';
import { feedOf, readItems, readJson, shapeProblem } from './json-source.ts';

const text = z.string().nullish();

const documentSchema = z.object({
  document_number: z.string(),
  title: z.string(),
  html_url: z.string(),
  publication_date: text,
  abstract: text,
  action: text,
  dates: text,
  type: text,
  citation: text,
  effective_on: text,
  comments_close_on: text,
  pdf_url: text,
  raw_text_url: text,
  docket_ids: z.array(z.string()).nullish(),
  correction_of: text,
  regulation_id_numbers: z.array(z.string()).nullish(),
  topics: z.array(z.string()).nullish(),
  agencies: z.array(z.object({ name: text, raw_name: text }).loose()).nullish(),
});
type Document = z.infer<typeof documentSchema>;

const pageSchema = z.object({ results: z.array(z.unknown()).optional(), count: z.number().optional(), description: text, next_page_url: text });

/** Reads one page of documents; `next` is the address of the following page. Days begin at midnight Eastern time, as in the Register's own RSS. */
export const federalRegister: SourceFormat = {
  parse: (bytes, context) => asResult(() => {
    const page = pageSchema.safeParse(readJson(bytes, context.contentType));
    if (!page.success || (page.data.results === undefined && page.data.count !== 0)) throw shapeProblem('a list of Federal Register documents');
    const documents = readItems(page.data.results ?? [], documentSchema);
    const feed = { title: 'Federal Register', link: 'https://www.federalregister.gov/', language: 'en-US', description: page.data.description ?? null };
    const now = context.now ?? new Date();
    return feedOf(feed, documents.map((document) => entryOf(document, now)), page.data.next_page_url ?? undefined);
  }),
};

function entryOf(document: Document, now: Date): FeedEntry {
  const published = easternMidnight(document.publication_date, now);
  const agencies = (document.agencies ?? []).map((agency) => agency.name ?? agency.raw_name ?? '').filter((name) => name !== '');
  // Numbers are searched for, and name what a report is about: they belong to the text.
  const numbers = [`FR Doc. ${document.document_number}`, ...(document.docket_ids?.length ? [`Docket: ${document.docket_ids.join(', ')}`] : [])].join('. ');
  const paragraphs = [document.abstract, document.action ? `Action: ${document.action}` : null, document.dates ? `Dates: ${document.dates}` : null, numbers]
    .map((paragraph) => collapse(paragraph ?? '')).filter((paragraph) => paragraph !== '');
  return {
    id: document.document_number,
    title: plainLine(document.title),
    link: document.html_url,
    published,
    publishedRaw: document.publication_date ?? null,
    publishedConfidence: published === null ? 'absent' : 'stated',
    updated: null,
    author: joinNames(agencies),
    summary: paragraphs.length === 0 ? null : paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join(''),
    content: null,
    text: paragraphs.join('\n\n'),
    categories: [...new Set([document.type ?? '', ...(document.topics ?? [])])].filter((category) => category !== ''),
    facts: factsOf(document, agencies),
  };
}

function factsOf(document: Document, agencies: readonly string[]): Record<string, string | readonly string[]> {
  const stated: Record<string, string | readonly string[] | null | undefined> = {
    documentNumber: document.document_number,
    type: document.type,
    citation: document.citation,
    effectiveOn: document.effective_on,
    commentsCloseOn: document.comments_close_on,
    pdfUrl: document.pdf_url,
    rawTextUrl: document.raw_text_url,
    agencies,
    dockets: document.docket_ids,
    correctionOf: document.correction_of,
    regulationIdNumbers: document.regulation_id_numbers,
  };
  return Object.fromEntries(Object.entries(stated).filter((fact): fact is [string, string | readonly string[]] => fact[1] !== null && fact[1] !== undefined && fact[1].length > 0));
}

/** Notices filed for public inspection carry tomorrow's date: it is pulled back to now. */
function easternMidnight(day: string | null | undefined, now: Date): string | null {
  const date = DateTime.fromISO(day ?? '', { zone: 'America/New_York' });
  if (!date.isValid) return null;
  return new Date(Math.min(date.toMillis(), now.getTime())).toISOString();
}
