// What came out of a page, judged: an article, or one of the things that stand where an article should be.
import { interstitials } from './interstitials.ts';

export type ExtractionVerdict = 'article' | 'stub' | 'paywall' | 'cookie-banner' | 'bot-wall' | 'error-page' | 'empty' | 'unreadable';

export interface ExtractionQuality {
  /** 0 (nothing usable) to 1 (a full article). Below 0.5 the feed's own summary is the better text. */
  readonly score: number;
  readonly verdict: ExtractionVerdict;
}

export interface QualityInput {
  readonly text: string;
  readonly title: string | null;
  /** Text of the whole page, where messages stand that never become part of an article. */
  readonly pageText: string;
  readonly isFree: boolean;
}

const shortArticle = 250;
const fullArticle = 1200;
const longInterstitial = 1500;

export function judgeText({ text, title, pageText, isFree }: QualityInput): ExtractionQuality {
  const page = pageText.slice(0, 20_000).toLowerCase();
  const head = `${title ?? ''}\n${text.slice(0, 3000)}`.toLowerCase();
  const isShort = text.length < longInterstitial;
  if (isShort && pageText.length < 6000) {
    if (mentions(head, interstitials.botWall) || (text.length < shortArticle && mentions(page, interstitials.botWall))) return { score: 0, verdict: 'bot-wall' };
    if (mentions((title ?? '').toLowerCase(), interstitials.errorPage) || (text.length < 400 && mentions(head, interstitials.errorPage))) return { score: 0, verdict: 'error-page' };
  }
  if (isShort && share(text, interstitials.cookieBanner) > 0.5) return { score: 0.05, verdict: 'cookie-banner' };
  if (text.length < 3000 && (mentions(text.slice(-900).toLowerCase(), interstitials.paywall) || (!isFree && isShort) || (isShort && mentions(page, interstitials.paywall) && text.length < 900))) {
    return { score: Math.min(0.45, text.length / 4000), verdict: 'paywall' };
  }
  if (text.trim() === '') return { score: 0, verdict: 'empty' };
  if (text.length < shortArticle) return { score: Math.round((text.length / shortArticle) * 40) / 100, verdict: 'stub' };
  const length = Math.min(1, text.length / fullArticle);
  return { score: Math.round((0.5 + 0.3 * length + 0.2 * proseShare(text)) * 100) / 100, verdict: 'article' };
}

function mentions(text: string, phrases: readonly string[]): boolean {
  return phrases.some((phrase) => text.includes(phrase));
}

/** Share of the paragraphs, by length, that hold one of the phrases. */
function share(text: string, phrases: readonly string[]): number {
  if (text === '') return 0;
  const matching = text.split('\n\n').filter((paragraph) => mentions(paragraph.toLowerCase(), phrases));
  return matching.reduce((sum, paragraph) => sum + paragraph.length, 0) / text.length;
}

/** Share of the text that stands in paragraphs which look like sentences. */
function proseShare(text: string): number {
  const prose = text.split('\n\n').filter((paragraph) => paragraph.length > 80 && /[.!?…»"”)]\s*$/.test(paragraph));
  return prose.reduce((sum, paragraph) => sum + paragraph.length, 0) / text.length;
}
