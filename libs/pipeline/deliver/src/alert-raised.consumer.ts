import { Controller } from '@nestjs/common';
import { AlertRaisedV1, type EventData, type EventEnvelope } from '@tradewatch/events';
import { OnEvent } from '@tradewatch/messaging';
import { PlanDeliveries } from './plan-deliveries.ts';

@Controller()
export class AlertRaisedConsumer {
  constructor(private readonly planDeliveries: PlanDeliveries) {}

  @OnEvent(AlertRaisedV1, 'deliver')
  async onAlertsRaised(events: EventEnvelope<EventData<typeof AlertRaisedV1>>[]): Promise<void> {
    await this.planDeliveries.run(events);
  }
}
