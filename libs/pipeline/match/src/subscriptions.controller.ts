import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { Problem } from '@tradewatch/api';
import { CurrentUser } from '@tradewatch/identity';
import { z } from 'zod';
import { filterSchema } from './filter.ts';
import { PreviewFilter, type Preview } from './preview-filter.ts';
import { subscriptionSchema, type Subscription, type SubscriptionDraft } from './subscription.ts';
import { SubscriptionsStore } from './subscriptions.store.ts';
import { WriteSubscription } from './write-subscription.ts';

const idSchema = z.uuid('is not a subscription id');
const previewSchema = z.strictObject({ filter: filterSchema, days: z.int().min(1).max(365).default(30) });

@Controller('api/subscriptions')
export class SubscriptionsController {
  constructor(
    private readonly store: SubscriptionsStore,
    private readonly writeSubscription: WriteSubscription,
    private readonly previewFilter: PreviewFilter,
  ) {}

  @Get()
  async list(@CurrentUser() user: { id: string }): Promise<{ items: Subscription[] }> {
    return { items: await this.store.list(user.id) };
  }

  @Post()
  create(@CurrentUser() user: { id: string }, @Body({ schema: subscriptionSchema }) draft: SubscriptionDraft): Promise<Subscription> {
    return this.writeSubscription.create(user.id, draft);
  }

  @Post('preview')
  @HttpCode(200)
  preview(@Body({ schema: previewSchema }) { filter, days }: z.output<typeof previewSchema>): Promise<Preview> {
    return this.previewFilter.run(filter, days);
  }

  @Get(':id')
  async find(@CurrentUser() user: { id: string }, @Param('id', { schema: idSchema }) id: string): Promise<Subscription> {
    const found = await this.store.find(user.id, id);
    if (!found) throw Problem.notFound('subscription', id);
    return found;
  }

  @Put(':id')
  replace(
    @CurrentUser() user: { id: string },
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: subscriptionSchema }) draft: SubscriptionDraft,
  ): Promise<Subscription> {
    return this.writeSubscription.replace(user.id, id, draft);
  }

  @Delete(':id')
  @HttpCode(204)
  async delete(@CurrentUser() user: { id: string }, @Param('id', { schema: idSchema }) id: string): Promise<void> {
    if (!(await this.store.delete(user.id, id))) throw Problem.notFound('subscription', id);
  }
}
