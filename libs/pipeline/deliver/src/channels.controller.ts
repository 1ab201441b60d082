import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { Problem } from '@tradewatch/api';
import { CurrentUser } from '@tradewatch/identity';
import { z } from 'zod';
import { channelChangeSchema, channelSchema, presented, type ChannelChange, type ChannelDraft, type PresentedChannel } from './channel.ts';
import { ChannelsStore } from './channels.store.ts';
import { ManageChannels, type TestResult } from './manage-channels.ts';

const idSchema = z.uuid('is not a channel id');

@Controller('api/channels')
export class ChannelsController {
  constructor(private readonly store: ChannelsStore, private readonly manageChannels: ManageChannels) {}

  @Get()
  async list(@CurrentUser() user: { id: string }): Promise<{ items: PresentedChannel[] }> {
    return { items: (await this.store.list(user.id)).map(presented) };
  }

  @Post()
  async create(@CurrentUser() user: { id: string }, @Body({ schema: channelSchema }) draft: ChannelDraft): Promise<PresentedChannel> {
    return presented(await this.manageChannels.create(user.id, draft));
  }

  @Get(':id')
  async find(@CurrentUser() user: { id: string }, @Param('id', { schema: idSchema }) id: string): Promise<PresentedChannel> {
    const found = await this.store.find(user.id, id);
    if (!found) throw Problem.notFound('channel', id);
    return presented(found);
  }

  @Put(':id')
  async replace(
    @CurrentUser() user: { id: string },
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: channelChangeSchema }) change: ChannelChange,
  ): Promise<PresentedChannel> {
    return presented(await this.manageChannels.replace(user.id, id, change));
  }

  @Delete(':id')
  @HttpCode(204)
  async delete(@CurrentUser() user: { id: string }, @Param('id', { schema: idSchema }) id: string): Promise<void> {
    if (!(await this.store.delete(user.id, id))) throw Problem.notFound('channel', id);
  }

  @Post(':id/test')
  @HttpCode(200)
  test(@CurrentUser() user: { id: string }, @Param('id', { schema: idSchema }) id: string): Promise<TestResult> {
    return this.manageChannels.test(user.id, id);
  }
}
