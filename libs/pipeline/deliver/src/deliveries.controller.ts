import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { decodeCursor, encodeCursor, Problem } from '@tradewatch/api';
import { CurrentUser } from '@tradewatch/identity';
import { z } from 'zod';
import { DELIVER_OPTIONS, type DeliverOptions } from './deliver-options.ts';
import { DeliveriesStore, deliveryStates, type AttemptRecord, type DeliveryRecord } from './deliveries.store.ts';
import { Dispatcher } from './dispatcher.ts';

const idSchema = z.uuid('is not a delivery id');
const cursorSchema = z.object({ createdAt: z.iso.datetime(), id: z.uuid() });
const stateSchema = z.enum(deliveryStates, { error: ({ input }) => `there is no state ${JSON.stringify(input)}; known are ${deliveryStates.join(', ')}` });

/** A parameter that may be given once or repeated. */
const repeated = <T extends z.ZodType>(value: T) => z.preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(value).max(50)).optional();

const querySchema = z.object({
  state: repeated(stateSchema),
  channel: repeated(z.uuid('is not a channel id')),
  subscription: repeated(z.uuid('is not a subscription id')),
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(500).optional(),
});

@Controller('api/deliveries')
export class DeliveriesController {
  constructor(
    @Inject(DELIVER_OPTIONS) private readonly options: DeliverOptions,
    private readonly store: DeliveriesStore,
    private readonly dispatcher: Dispatcher,
  ) {}

  @Get()
  async list(@CurrentUser() user: { id: string }, @Query({ schema: querySchema }) query: z.output<typeof querySchema>): Promise<{ items: DeliveryRecord[]; nextCursor: string | null }> {
    const { state: states, channel: channelIds, subscription: subscriptionIds, limit, cursor } = query;
    const after = cursor === undefined ? undefined : decodeCursor(cursor, cursorSchema);
    const found = await this.store.list(user.id, { states, channelIds, subscriptionIds, after, limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, nextCursor: found.length > limit && last ? encodeCursor({ createdAt: last.createdAt.toISOString(), id: last.id }) : null };
  }

  @Get(':id')
  async find(@CurrentUser() user: { id: string }, @Param('id', { schema: idSchema }) id: string): Promise<DeliveryRecord & { attempts: AttemptRecord[] }> {
    const found = await this.store.find(user.id, id);
    if (!found) throw Problem.notFound('delivery', id);
    return found;
  }

  /** Tries a delivery that was given up once more. */
  @Post(':id/retry')
  @HttpCode(200)
  async retry(@CurrentUser() user: { id: string }, @Param('id', { schema: idSchema }) id: string): Promise<DeliveryRecord & { attempts: AttemptRecord[] }> {
    const { state } = await this.find(user, id);
    const now = this.options.now?.() ?? new Date();
    const channelId = await this.store.revive(id, now);
    if (channelId === null) throw new Problem(409, `This delivery is ${state}; only one that was given up (dead) can be tried again.`);
    const revived = await this.find(user, id);
    this.dispatcher.wake([channelId]);
    return revived;
  }
}
