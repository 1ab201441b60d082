import { Readable } from 'node:stream';
import { Controller, Get, Query, Req, StreamableFile } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { exportedAtMost, exportQuerySchema, type ExportQuery } from '../article-filter.ts';
import { ExportArticles } from './export-articles.ts';

/** A feed reader keeps what it has seen; it needs the newest only. */
const feedLength = 500;

@Controller('api')
export class ExportsController {
  constructor(private readonly articles: ExportArticles) {}

  @Get('articles.csv')
  csv(@Query({ schema: exportQuerySchema }) { filter, limit }: ExportQuery): StreamableFile {
    return download(this.articles.csv(filter, limit ?? exportedAtMost), 'text/csv; charset=utf-8; header=present', 'attachment; filename="articles.csv"');
  }

  @Get('articles.ndjson')
  ndjson(@Query({ schema: exportQuerySchema }) { filter, limit }: ExportQuery): StreamableFile {
    return download(this.articles.ndjson(filter, limit ?? exportedAtMost), 'application/x-ndjson; charset=utf-8', 'attachment; filename="articles.ndjson"');
  }

  @Get('articles.rss')
  rss(@Query({ schema: exportQuerySchema }) { filter, limit }: ExportQuery, @Req() request: FastifyRequest): StreamableFile {
    const site = `${request.protocol}://${request.host}`;
    return download(this.articles.rss(filter, limit ?? feedLength, `${site}${request.url}`, `${site}/`), 'application/rss+xml; charset=utf-8');
  }
}

function download(parts: AsyncIterable<string>, type: string, disposition?: string): StreamableFile {
  return new StreamableFile(Readable.from(parts, { objectMode: false }), { type, ...(disposition ? { disposition } : {}) });
}
