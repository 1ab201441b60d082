import { Controller, Get, Param, Query } from '@nestjs/common';
import { Problem } from '@tradewatch/api';
import { z } from 'zod';
import { articleQuerySchema, type ArticleQuery } from './article-filter.ts';
import type { ArticleDetail } from './article-item.ts';
import { ReadArticle } from './read-article.ts';
import { SearchArticles, type ArticlePage } from './search-articles.ts';

@Controller('api/articles')
export class ArticlesController {
  constructor(private readonly searchArticles: SearchArticles, private readonly readArticle: ReadArticle) {}

  @Get()
  async search(@Query({ schema: articleQuerySchema }) query: ArticleQuery): Promise<ArticlePage> {
    return this.searchArticles.search(query);
  }

  @Get(':id')
  async read(@Param('id', { schema: z.string() }) id: string): Promise<ArticleDetail> {
    const article = z.uuid().safeParse(id).success ? await this.readArticle.read(id) : null;
    if (!article) throw Problem.notFound('article', id);
    return article;
  }
}
