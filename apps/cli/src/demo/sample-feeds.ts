import type { FeedId } from './sample-articles.ts';

/** One newsroom of the sample site. */
export interface SampleFeed {
  readonly id: FeedId;
  readonly name: string;
  readonly kind: 'rss' | 'atom';
  readonly path: string;
  readonly language: 'en' | 'es' | 'fr';
  readonly jurisdiction: string;
  readonly authority: 'official' | 'press';
}

export const sampleFeeds: readonly SampleFeed[] = [
  { id: 'gazette', name: 'Trade Gazette (sample)', kind: 'rss', path: '/gazette/feed.rss', language: 'en', jurisdiction: 'US', authority: 'official' },
  { id: 'wire', name: 'Continental Wire (sample)', kind: 'atom', path: '/wire/feed.atom', language: 'en', jurisdiction: 'US', authority: 'press' },
  { id: 'diario', name: 'Diario de Comercio (muestra)', kind: 'rss', path: '/diario/feed.rss', language: 'es', jurisdiction: 'MX', authority: 'press' },
  { id: 'depeche', name: 'La Dépêche du commerce (exemple)', kind: 'atom', path: '/depeche/feed.atom', language: 'fr', jurisdiction: 'CA', authority: 'press' },
];
