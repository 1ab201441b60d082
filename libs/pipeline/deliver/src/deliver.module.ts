import { Module, type DynamicModule } from '@nestjs/common';
import { AlertRaisedConsumer } from './alert-raised.consumer.ts';
import { AttemptRecorder } from './attempt-recorder.ts';
import { ChannelsController } from './channels.controller.ts';
import { ChannelsStore } from './channels.store.ts';
import { DELIVER_OPTIONS, type DeliverOptions } from './deliver-options.ts';
import { DeliveriesController } from './deliveries.controller.ts';
import { DeliveriesStore } from './deliveries.store.ts';
import { DeliveryQueueStore } from './delivery-queue.store.ts';
import { Dispatcher } from './dispatcher.ts';
import { ManageChannels } from './manage-channels.ts';
import { PlanDeliveries } from './plan-deliveries.ts';
import { SendMessage } from './send-message.ts';
import { SweepDeliveries } from './sweep-deliveries.ts';
import { WakeUps } from './wake-ups.ts';

/** Channels, and the alerts delivered to them. */
@Module({})
export class DeliverModule {
  static forRoot(options: DeliverOptions): DynamicModule {
    return {
      module: DeliverModule,
      controllers: [AlertRaisedConsumer, ChannelsController, DeliveriesController],
      providers: [
        { provide: DELIVER_OPTIONS, useValue: options },
        AttemptRecorder, ChannelsStore, DeliveriesStore, DeliveryQueueStore, Dispatcher, ManageChannels, PlanDeliveries, SendMessage, SweepDeliveries, WakeUps,
      ],
    };
  }
}
