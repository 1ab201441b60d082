import { articleQuerySchema, searchOn, type ArticleQuery } from '@tradewatch/archive';
import { exitCodes } from '../exit-codes.ts';
import { say, writeJson } from '../output.ts';
import { withDatabase } from '../with-database.ts';

/** Options of `tradewatch search`, as the shell gives them; the names are those of the REST interface. */
export interface SearchOptions {
  readonly sector: readonly string[];
  readonly topic: readonly string[];
  readonly authority: readonly string[];
  readonly jurisdiction: readonly string[];
  readonly development: readonly string[];
  readonly stage: readonly string[];
  readonly source: readonly string[];
  readonly language: readonly string[];
  readonly relevant?: string;
  readonly from?: string;
  readonly to?: string;
  readonly sort?: string;
  readonly limit: number;
}

const pageSize = 100;

/** `tradewatch search WORDS…`: what GET /api/articles finds, one article a line, newest first. @returns the exit code; 2 for an option that means nothing. */
export async function searchArchive(words: readonly string[], { limit, ...options }: SearchOptions): Promise<number> {
  const given = Object.fromEntries(Object.entries({ ...options, q: words.length > 0 ? words.join(' ') : undefined }).filter(([, value]) => value !== undefined));
  const parsed = articleQuerySchema.safeParse({ ...given, limit: Math.min(limit, pageSize) });
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) say(`error: --${path[0] === 'q' ? 'words' : String(path[0])} ${message}`);
    return exitCodes.usage;
  }
  const query: ArticleQuery = parsed.data;
  return withDatabase(async (database) => {
    const search = searchOn(database);
    let shown = 0;
    let cursor: string | undefined;
    for (;;) {
      const { items, total, nextCursor } = await search.search(Object.assign(query, { cursor }));
      for (const item of items.slice(0, limit - shown)) await writeJson(item);
      shown += Math.min(items.length, limit - shown);
      if (nextCursor === null || shown >= limit) {
        say(shown < total ? `${shown} of ${total} articles; --limit shows more` : `${total} ${total === 1 ? 'article' : 'articles'}`);
        return exitCodes.ok;
      }
      cursor = nextCursor;
    }
  });
}
