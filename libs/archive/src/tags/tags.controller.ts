import { Controller, Get, Param, Query } from '@nestjs/common';
import { Problem } from '@tradewatch/api';
import { CurrentUser } from '@tradewatch/identity';
import { z } from 'zod';
import { isTag, markDimensionSchema, type MarkDimension } from '../marks/mark.ts';
import { ListTagHits, type TagHitPage } from './list-tag-hits.ts';
import { describeTag, type TagDescription } from './tag-description.ts';

const pageSchema = z.strictObject({
  limit: z.coerce.number({ error: 'must be a whole number from 1 to 50' }).int().min(1).max(50).default(20),
  cursor: z.string().max(1_000).optional(),
});

/** Single tags for their editor; developments are `kind:stage`. */
@Controller('api/taxonomy/tags')
export class TagsController {
  constructor(private readonly hits: ListTagHits) {}

  @Get(':dimension/:tag')
  describe(@Param('dimension', { schema: markDimensionSchema }) dimension: MarkDimension, @Param('tag', { schema: z.string() }) tag: string): TagDescription {
    const description = isTag(dimension, tag) ? describeTag(dimension, tag) : null;
    if (!description) throw Problem.notFound(dimension, tag);
    return description;
  }

  @Get(':dimension/:tag/hits')
  async listHits(
    @CurrentUser() user: { id: string },
    @Param('dimension', { schema: markDimensionSchema }) dimension: MarkDimension,
    @Param('tag', { schema: z.string() }) tag: string,
    @Query({ schema: pageSchema }) { limit, cursor }: z.output<typeof pageSchema>,
  ): Promise<TagHitPage> {
    if (!isTag(dimension, tag)) throw Problem.notFound(dimension, tag);
    return this.hits.list(dimension, tag, user.id, limit, cursor);
  }
}
