// Real: PostgreSQL, Nest and Fastify (requests are injected, no socket), the shipped taxonomy.
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { developmentKinds, developmentStages } from '@tradewatch/events';
import { authorities, sectors, topics } from '@tradewatch/taxonomy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startArchive } from './archive.fixture.ts';
import type { TaxonomyAnswer } from './taxonomy.controller.ts';

describe('the taxonomy', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    app = await startArchive();
  });
  afterAll(() => app.close());

  it('is listed with a name in three languages for every tag', async () => {
    const answer: TaxonomyAnswer = (await app.inject('/api/taxonomy')).json();
    const { version, ...lists } = answer;
    expect(version).not.toBe('');
    const ids = Object.fromEntries(Object.entries(lists).map(([list, tags]) => [list, tags.map((tag) => tag.id)]));
    expect(ids).toMatchObject({ sectors, topics, authorities, developmentKinds, developmentStages });
    expect(ids['jurisdictions']).toEqual(expect.arrayContaining(['US', 'MX', 'CA', 'CN', 'EU']));
    for (const { id, names } of Object.values(lists).flat()) {
      for (const language of ['en', 'es', 'fr'] as const) expect(names[language], `${id} in ${language}`).toMatch(/\p{L}{2}/u);
    }
    expect(answer.jurisdictions.find(({ id }) => id === 'EU')?.names).toEqual({ en: 'European Union', es: 'Unión Europea', fr: 'Union européenne' });
  });
});
