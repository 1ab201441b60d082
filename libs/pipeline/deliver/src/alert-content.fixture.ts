// A valid alert content for tests, with what a test is about put over it.
import type { AlertContent } from './alert-content.ts';

export interface ContentOverrides extends Partial<Omit<AlertContent, 'article'>> {
  readonly article?: Partial<AlertContent['article']>;
}

export function alertContent({ article, ...rest }: ContentOverrides = {}): AlertContent {
  return {
    tags: [{ field: 'sector', id: 'automotive', name: 'Automotive' }, { field: 'topic', id: 'tariff-measures', name: 'Tariff measures' }, { field: 'jurisdiction', id: 'MX', name: 'Mexico' }],
    developments: [{ kind: 'tariff', stage: 'in-effect', name: 'Tariff: in effect' }],
    evidence: ['The duties on trucks rise to 25% on Monday.'],
    why: ['Sector: Automotive'],
    ...rest,
    article: {
      id: '3f2b8f0e-6a54-4f6e-9b86-0d3a5f0c1a11', title: 'Truck tariffs rise', url: 'https://news.example/trucks?a=1&b=2', source: { name: 'The Gazette', authority: 'press' },
      language: 'en', publishedAt: '2026-07-01T14:30:00.000Z', publishedConfidence: 'stated', ...article,
    },
  };
}
