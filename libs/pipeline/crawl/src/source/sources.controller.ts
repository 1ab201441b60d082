import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { Problem } from '@tradewatch/api';
import { PollSource } from '../poll/poll-source.ts';
import { changedSourceSchema, definitionOf, idFromName, newSourceSchema, toSourceView, type SourceBody, type SourceView } from './source-body.ts';
import { SourceStore } from './source.store.ts';

@Controller('api/sources')
export class SourcesController {
  constructor(private readonly sources: SourceStore, private readonly pollSource: PollSource) {}

  @Get()
  async list(): Promise<{ items: SourceView[] }> {
    return { items: (await this.sources.list()).map(toSourceView) };
  }

  @Get(':id')
  async show(@Param('id') id: string): Promise<SourceView> {
    const source = await this.sources.find(id);
    if (!source) throw Problem.notFound('source', id);
    return toSourceView(source);
  }

  @Post()
  async create(@Body({ schema: newSourceSchema }) body: SourceBody): Promise<SourceView> {
    const id = body.id ?? idFromName(body.name);
    if (id === '') throw Problem.invalid('id', 'is needed, because the name has no letters or digits to make one of');
    if (!(await this.sources.create(definitionOf(id, body), new Date()))) {
      throw new Problem(409, `There is a source ${JSON.stringify(id)} already.`, [{ field: 'id', message: 'is used by another source' }]);
    }
    return this.show(id);
  }

  @Put(':id')
  async change(@Param('id') id: string, @Body({ schema: changedSourceSchema }) body: SourceBody): Promise<SourceView> {
    if (body.id !== undefined && body.id !== id) throw Problem.invalid('id', 'cannot be changed');
    if (!(await this.sources.update(definitionOf(id, body), new Date()))) throw Problem.notFound('source', id);
    return this.show(id);
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(@Param('id') id: string): Promise<void> {
    if (!(await this.sources.remove(id, new Date()))) throw Problem.notFound('source', id);
  }

  /** Polls the source now and says what came of it; a failing source is an answer (200), not an error of this request. */
  @Post(':id/poll')
  @HttpCode(200)
  async poll(@Param('id') id: string): Promise<{ outcome: 'polled' | 'not-modified' | 'failed'; newArticles: number; revisions: number; errorCode?: string; errorMessage?: string }> {
    await this.show(id);
    const result = await this.pollSource.pollNow(id);
    const counts = { newArticles: 0, revisions: 0 };
    switch (result.outcome) {
      case 'polled':
      case 'failed':
      case 'not-modified':
        return { ...counts, ...result };
      case 'busy':
        throw new Problem(409, `The source ${JSON.stringify(id)} is being polled at this moment.`);
      case 'superseded':
        throw new Problem(409, `The source ${JSON.stringify(id)} was changed while it was polled.`);
      case 'aborted':
        throw new Problem(503, 'The server is shutting down.');
    }
  }
}
