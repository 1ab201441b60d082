// What the archive's tests share: valid classified articles, and the archive behind its real HTTP edge on real PostgreSQL.
import { randomUUID } from 'node:crypto';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { ProblemFilter, validationPipe } from '@tradewatch/api';
import { DatabaseModule } from '@tradewatch/database';
import type { Article, Classification, DevelopmentKind, DevelopmentStage } from '@tradewatch/events';
import { createTestDatabase } from '@tradewatch/testing';
import type { ClassifiedArticle } from './archive-articles.ts';
import { ArchiveModule } from './archive.module.ts';

export interface ArticleOverrides extends Partial<Omit<Article, 'source'>>, Partial<Pick<Classification, 'relevant' | 'language' | 'taxonomyVersion'>> {
  readonly source?: string;
  readonly sectors?: readonly string[];
  readonly topics?: readonly string[];
  readonly authorities?: readonly string[];
  readonly jurisdictions?: readonly string[];
  readonly developments?: readonly `${DevelopmentKind}:${DevelopmentStage}`[];
  readonly occurredAt?: Date;
}

/** A valid classified article, in English, published on 2 November 2026, of a story of its own, without tags. */
export function classifiedArticle(overrides: ArticleOverrides = {}): ClassifiedArticle {
  const {
    source = 'harbour-gazette', relevant = true, language = 'en', taxonomyVersion = 'test-1', sectors = [], topics = [], authorities = [], jurisdictions = [],
    developments = [], occurredAt = new Date('2026-11-02T12:00:05Z'), ...article
  } = overrides;
  const tags = (ids: readonly string[]): Classification['sectors'] => ids.map((id) => ({ id, score: 0.8, evidence: [{ field: 'title', start: 0, end: 4, text: 'Mill' }] }));
  return {
    article: {
      id: randomUUID(), revision: 1, storyId: randomUUID(), source: { id: source, name: `The ${source}`, authority: 'press', jurisdiction: 'US' },
      url: 'https://gazette.example/mills', title: 'Mills await the new duty', text: 'The mills of the valley wait.', author: null, claimedLanguage: 'en',
      publishedAt: '2026-11-02T12:00:00.000Z', publishedConfidence: 'stated', firstSeenAt: '2026-11-02T12:00:01.000Z', fetchedAt: '2026-11-02T12:00:02.000Z',
      alertable: true, ...article,
    },
    classification: {
      relevant, language, taxonomyVersion, sectors: tags(sectors), topics: tags(topics), authorities: tags(authorities), jurisdictions: tags(jurisdictions), facts: [],
      developments: developments.map((pair) => {
        const [kind, stage] = pair.split(':') as [DevelopmentKind, DevelopmentStage];
        return { kind, stage, score: 0.9, evidence: [] };
      }),
    },
    occurredAt,
  };
}

/** The archive's module as an app serves it, on a database of the calling test file's own. */
export async function startArchive(): Promise<NestFastifyApplication> {
  const url = await createTestDatabase();
  const module = await Test.createTestingModule({ imports: [DatabaseModule.forRoot({ url }), ArchiveModule] }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  app.useGlobalPipes(validationPipe);
  app.useGlobalFilters(new ProblemFilter());
  await app.init();
  return app;
}
