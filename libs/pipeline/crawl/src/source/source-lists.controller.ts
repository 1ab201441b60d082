// Lists of feeds as other readers have them: the sources out, and feeds in.
import { Body, Controller, Get, Header, HttpCode, Injectable, Post, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Problem } from '@tradewatch/api';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { decodeBytes } from '../feed/decode-bytes.ts';
import { FeedProblem } from '../feed/feed-result.ts';
import { ImportSources, type ImportedSources } from './import-sources.ts';
import { importDefaultsSchema, sourcesToOpml } from './source-opml.ts';
import { SourceStore } from './source.store.ts';

/** Content of an OPML file, and what to take of feeds whose list does not say it. */
const importSchema = importDefaultsSchema.extend({ opml: z.string({ error: (issue) => (issue.input === undefined ? 'is missing' : 'must be the text of an OPML file') }) });

@Controller('api')
export class SourceListsController {
  constructor(private readonly sources: SourceStore, private readonly importSources: ImportSources) {}

  @Get('sources.opml')
  @Header('content-type', 'text/x-opml; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="tradewatch-sources.opml"')
  async export(): Promise<string> {
    return sourcesToOpml(await this.sources.list());
  }

  /** Takes JSON `{opml, …defaults}`, or the OPML file itself with the defaults in the query. Feeds that are sources already are reported. */
  @Post('sources/import')
  @HttpCode(200)
  async import(@Body({ schema: importSchema }) { opml, ...defaults }: z.infer<typeof importSchema>): Promise<ImportedSources> {
    try {
      return await this.importSources.import(new TextEncoder().encode(opml), defaults, new Date());
    } catch (error) {
      if (error instanceof FeedProblem) throw Problem.invalid('opml', error.message);
      throw error;
    }
  }
}

/** Reads a body of XML as if it had been sent as `{opml}` in JSON, with the query's fields beside it. */
@Injectable()
export class OpmlBodies implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter?.getInstance<FastifyInstance | undefined>();
    fastify?.addContentTypeParser(['text/x-opml', 'application/xml', 'text/xml'], { parseAs: 'buffer' }, (request, body, done) => {
      done(null, { ...(request.query as object), opml: decodeBytes(body as Buffer, request.headers['content-type']).text });
    });
  }
}
