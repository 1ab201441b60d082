// Made-up articles whose words are as unevenly common as those of real text (Zipf), the same ones in every run.
import type { ClassifiedArticle } from '@tradewatch/archive';
import { developmentKinds, developmentStages } from '@tradewatch/events';
import { authorities, sectors, topics } from '@tradewatch/taxonomy';

const vocabularySize = 30_000;
const syllables = ['ta', 'ri', 'vo', 'ex', 'por', 'min', 'con', 'tra', 'de', 'sto', 'le', 'pa', 'nel', 'ru', 'go', 'bek', 'lum', 'zin', 'qua', 'mor'];
const countries = ['US', 'MX', 'CA', 'CN', 'EU', 'JP', 'KR', 'BR', 'IN', 'VN'];

/** A word by its rank: 0 is the most common. Ranks of one share of articles hold for every run. */
export function wordOfRank(rank: number): string {
  let word = '';
  for (let number = rank + 8_000; number > 0; number = Math.floor(number / 20)) word += syllables[number % 20];
  return word;
}

export class SearchCorpus {
  private seed = 42;
  private readonly cumulated = new Float64Array(vocabularySize);
  private readonly vocabulary = Array.from({ length: vocabularySize }, (_, rank) => wordOfRank(rank));
  private made = 0;

  constructor() {
    let sum = 0;
    for (let rank = 0; rank < vocabularySize; rank++) this.cumulated[rank] = sum += 1 / (rank + 3) ** 0.95;
  }

  /** The next articles, each 6 minutes after the one before, about 140 words long. */
  next(count: number): ClassifiedArticle[] {
    return Array.from({ length: count }, () => this.article(this.made++));
  }

  private article(number: number): ClassifiedArticle {
    const title = this.words(10);
    const text = this.words(80 + this.below(120));
    const at = new Date(Date.UTC(2024, 0, 1) + number * 360_000);
    const iso = at.toISOString();
    const tags = (ids: readonly string[], count: number): ClassifiedArticle['classification']['sectors'] =>
      this.some(ids, count).map((id) => ({ id, score: 0.9, evidence: [{ field: 'text', start: 0, end: 60, text: text.slice(0, 60) }] }));
    const language = (['en', 'en', 'en', 'es', 'fr'] as const)[number % 5]!;
    return {
      occurredAt: at,
      article: {
        id: uuid(1, number), revision: 1, storyId: uuid(2, number), source: { id: `source-${number % 40}`, name: `Source ${number % 40}`, authority: 'press', jurisdiction: 'US' },
        url: `https://news.example/${number}`, title, text, author: null, claimedLanguage: language, publishedAt: iso, publishedConfidence: 'stated', firstSeenAt: iso, fetchedAt: iso,
        alertable: true,
      },
      classification: {
        relevant: number % 4 !== 0, language, taxonomyVersion: 'bench', facts: [],
        sectors: tags(sectors, 1 + (number % 3)), topics: tags(topics, 1 + (number % 3)), authorities: tags(authorities, number % 3), jurisdictions: tags(countries, 1 + (number % 3)),
        developments: number % 2 ? [{ kind: developmentKinds[this.below(3)]!, stage: developmentStages[this.below(6)]!, score: 0.8, evidence: [] }] : [],
      },
    };
  }

  private words(count: number): string {
    return Array.from({ length: count }, () => this.word()).join(' ');
  }

  private word(): string {
    const point = this.random() * this.cumulated[vocabularySize - 1]!;
    let low = 0;
    for (let high = vocabularySize - 1; low < high;) {
      const middle = (low + high) >> 1;
      if (this.cumulated[middle]! < point) low = middle + 1;
      else high = middle;
    }
    return this.vocabulary[low]!;
  }

  /** Different values of a list, the first ones more often. */
  private some(values: readonly string[], count: number): string[] {
    return [...new Set(Array.from({ length: count }, () => values[Math.floor(this.random() ** 2 * values.length)]!))];
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  /** A linear congruential generator (Numerical Recipes), in 0..1. */
  private random(): number {
    this.seed = (Math.imul(this.seed, 1_664_525) + 1_013_904_223) >>> 0;
    return this.seed / 2 ** 32;
  }
}

function uuid(kind: number, number: number): string {
  // The order of ids has nothing to do with that of dates, as with random ids.
  const mixed = Math.imul(number + 1, 0x9e3779b1) >>> 0;
  return `${mixed.toString(16).padStart(8, '0')}-000${kind}-4000-8000-${number.toString(16).padStart(12, '0')}`;
}
