import { Readable } from 'node:stream';
import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query, StreamableFile } from '@nestjs/common';
import { Problem } from '@tradewatch/api';
import { CurrentUser } from '@tradewatch/identity';
import { z } from 'zod';
import { exportLabelledLines } from './export-labelled-lines.ts';
import { isTag, markDimensionSchema, newMarkSchema, type Mark, type MarkDimension, type NewMark } from './mark.ts';
import { MarksStore, type ListedMark } from './marks.store.ts';

const revisionSchema = z.strictObject({ revision: z.coerce.number({ error: 'must be the revision that was marked' }).int().positive() });
const listSchema = z.strictObject({ limit: z.coerce.number({ error: 'must be a whole number from 1 to 200' }).int().min(1).max(200).default(50) });

export interface MarkOverview {
  /** The newest marks. */
  readonly items: readonly ListedMark[];
  /** How often each tag was marked so. */
  readonly counts: readonly { readonly dimension: MarkDimension; readonly tag: string; readonly right: number; readonly wrong: number; readonly missing: number }[];
}

/** What analysts say of tags: right, wrong or missing. */
@Controller('api')
export class MarksController {
  constructor(private readonly marks: MarksStore) {}

  @Get('articles/:id/marks')
  async ofArticle(@CurrentUser() user: { id: string }, @Param('id', { schema: z.string() }) id: string): Promise<{ items: Mark[] }> {
    return { items: z.uuid().safeParse(id).success ? await this.marks.ofArticles([id], user.id) : [] };
  }

  /** Says something of a tag on a revision; the same user's word of before is replaced. @returns all marks of the article. */
  @Put('articles/:id/marks')
  async put(@CurrentUser() user: { id: string }, @Param('id', { schema: z.string() }) id: string, @Body({ schema: newMarkSchema }) mark: NewMark): Promise<{ items: Mark[] }> {
    const isKnown = z.uuid().safeParse(id).success && (await this.marks.put(user.id, id, mark));
    if (!isKnown) throw Problem.notFound('article', `${id}, revision ${mark.revision}`);
    return { items: await this.marks.ofArticles([id], user.id) };
  }

  @Delete('articles/:id/marks/:dimension/:tag')
  @HttpCode(204)
  async remove(
    @CurrentUser() user: { id: string },
    @Param('id', { schema: z.string() }) id: string,
    @Param('dimension', { schema: markDimensionSchema }) dimension: MarkDimension,
    @Param('tag', { schema: z.string() }) tag: string,
    @Query({ schema: revisionSchema }) { revision }: z.output<typeof revisionSchema>,
  ): Promise<void> {
    const isKnown = isTag(dimension, tag) && z.uuid().safeParse(id).success && (await this.marks.remove(user.id, id, revision, dimension, tag));
    if (!isKnown) throw Problem.notFound('mark of yours', `${dimension} ${tag}`);
  }

  @Get('taxonomy/marks')
  async overview(@CurrentUser() user: { id: string }, @Query({ schema: listSchema }) { limit }: z.output<typeof listSchema>): Promise<MarkOverview> {
    const [items, counts] = await Promise.all([this.marks.newest(user.id, limit), this.marks.counts()]);
    return { items, counts };
  }

  /** Every marked revision as a labelled article: what `tradewatch taxonomy eval` reads. */
  @Get('taxonomy/marks.ndjson')
  export(): StreamableFile {
    return new StreamableFile(Readable.from(exportLabelledLines(this.marks), { objectMode: false }), { type: 'application/x-ndjson; charset=utf-8', disposition: 'attachment; filename="marks.ndjson"' });
  }
}
