import { Injectable } from '@nestjs/common';
import { ArchivedArticlesStore, type ArticleItem, type Place } from './archived-articles.store.ts';
import type { Filter } from './filter.ts';
import { MatchableArticle } from './matchable-article.ts';
import { Rule } from './rule.ts';

export interface Preview {
  /** Articles that match, among those looked at. */
  readonly total: number;
  /** False where there were more articles in the time than a preview looks at. */
  readonly complete: boolean;
  /** The newest that match, each with why. */
  readonly items: readonly (ArticleItem & { readonly why: readonly string[] })[];
}

const shownItems = 20;
const pageSize = 500;
// Reading texts costs more than reading tags; a preview must answer while a person waits.
const mostArticles = { withText: 3_000, withoutText: 20_000 };
const dayMs = 86_400_000;

/** Tries a filter on the archive with the very rule that live articles meet. */
@Injectable()
export class PreviewFilter {
  constructor(private readonly archive: ArchivedArticlesStore) {}

  /** @param days how far back to look, by time of publication. */
  async run(filter: Filter, days: number): Promise<Preview> {
    const rule = new Rule(filter);
    const since = new Date(Date.now() - days * dayMs);
    const most = filter.query === undefined ? mostArticles.withoutText : mostArticles.withText;
    const why = new Map<string, readonly string[]>();
    let total = 0;
    let seen = 0;
    for (let after: Place | null = null; ; ) {
      const page = await this.archive.candidates(filter, since, after, pageSize);
      for (const { id, facets } of page) {
        const match = rule.matches(new MatchableArticle(facets));
        if (!match) continue;
        total++;
        if (why.size < shownItems) why.set(id, match.why);
      }
      seen += page.length;
      after = page.at(-1) ?? null;
      if (page.length < pageSize || seen >= most) {
        const items = await this.archive.items([...why.keys()]);
        return { total, complete: page.length < pageSize, items: items.map((item) => Object.assign(item, { why: why.get(item.id) ?? [] })) };
      }
    }
  }
}
