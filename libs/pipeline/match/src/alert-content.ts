import type { ArticleClassifiedV1, Classification, Evidence, EventData } from '@tradewatch/events';
import { causeInWords, pairOf, type AlertCause } from './alert.ts';
import type { RuleMatch } from './rule.ts';
import { developmentName, jurisdictionName, tagName } from './tag-names.ts';

/** What the reader of an alert sees, kept with it: a later revision of the article does not change what was said. */
export interface AlertContent {
  readonly article: {
    readonly id: string;
    readonly title: string;
    readonly url: string;
    readonly source: { readonly id: string; readonly name: string; readonly authority: string };
    readonly language: string;
    readonly publishedAt: string;
    readonly publishedConfidence: string;
    readonly firstSeenAt: string;
  };
  readonly tags: readonly { readonly field: 'sector' | 'topic' | 'authority' | 'jurisdiction'; readonly id: string; readonly name: string }[];
  readonly developments: readonly { readonly kind: string; readonly stage: string; readonly name: string }[];
  /** Sentences of the article that show it, at most three; empty where the title says it all. */
  readonly evidence: readonly string[];
  readonly why: readonly string[];
  /** The correction that the article is: who was told of it here is not told again. */
  readonly correctionId?: string;
}

export function alertContent({ article, classification }: EventData<typeof ArticleClassifiedV1>, match: RuleMatch, cause: AlertCause): AlertContent {
  const named = (field: AlertContent['tags'][number]['field'], tags: readonly { id: string }[], name: (id: string) => string): AlertContent['tags'] =>
    tags.map(({ id }) => ({ field, id, name: name(id) }));
  return {
    article: {
      id: article.id,
      title: article.title,
      url: article.url,
      source: { id: article.source.id, name: article.source.name, authority: article.source.authority },
      language: classification.language,
      publishedAt: article.publishedAt,
      publishedConfidence: article.publishedConfidence,
      firstSeenAt: article.firstSeenAt,
    },
    tags: [
      ...named('sector', classification.sectors, tagName),
      ...named('topic', classification.topics, tagName),
      ...named('authority', classification.authorities, tagName),
      ...named('jurisdiction', classification.jurisdictions, jurisdictionName),
    ],
    developments: cause.developments.map((step) => ({ ...step, name: developmentName(step) })),
    evidence: evidenceSentences(article, classification, cause),
    why: [...causeInWords(cause), ...match.why],
    ...(article.correction ? { correctionId: article.correction.id } : {}),
  };
}

const mostSentences = 3;
const longestSentence = 400;

/** The sentences behind the alert's developments; without a development, those behind its tags. The title is shown anyway. */
function evidenceSentences(article: { title: string; text: string }, classification: Classification, cause: AlertCause): string[] {
  const reported = new Set(cause.developments.map(pairOf));
  const spans = classification.developments.filter((each) => reported.has(pairOf(each))).flatMap(({ evidence }) => evidence);
  const others = [...classification.topics, ...classification.sectors, ...classification.authorities].flatMap(({ evidence }) => evidence);
  const sentences = (from: readonly Evidence[]): string[] => [...new Set(from.filter(({ field }) => field === 'text').map((span) => sentenceAround(article.text, span)))];
  const best = sentences(spans);
  return (best.length > 0 ? best : sentences(others).slice(0, 1)).filter((sentence) => sentence !== article.title.trim()).slice(0, mostSentences);
}

/** The sentence that a span stands in; a bounded stretch around it where the text has no sentences. */
export function sentenceAround(text: string, { start, end }: { readonly start: number; readonly end: number }): string {
  const from = Math.max(0, start - longestSentence);
  const before = text.slice(from, start);
  const after = text.slice(end, end + longestSentence);
  const opening = Math.max(lastEnd(before, /[.!?]["”»)]*\s+/g), lastEnd(before, /\n+/g), from === 0 ? 0 : lastEnd(before.slice(0, 40), /\s+/g));
  const closed = text.slice(start, end).trimEnd().match(/[.!?]["”»)]?$/) ? 0 : undefined;
  const stop = /[.!?]["”»)]*(?=\s|$)|\n/.exec(after);
  const closing = closed ?? (stop ? stop.index + stop[0].length : after.length);
  return text.slice(from + opening, end + closing).replace(/\s+/g, ' ').trim();
}

function lastEnd(text: string, pattern: RegExp): number {
  let at = 0;
  for (const each of text.matchAll(pattern)) at = each.index + each[0].length;
  return at;
}
