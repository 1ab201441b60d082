import 'reflect-metadata';
import { runService } from '@tradewatch/api';
import { alertEnvironment, databaseEnvironment, outboundEnvironment, redisEnvironment } from '@tradewatch/config';
import { DeliverModule } from '@tradewatch/deliver';
import { createHttpClient, userAgent } from '@tradewatch/http';
import { IdentityModule, SessionGuard } from '@tradewatch/identity';
import { JobsModule } from '@tradewatch/jobs';
import { MatchModule } from '@tradewatch/match';

const environment = { ...databaseEnvironment, ...redisEnvironment, ...outboundEnvironment, ...alertEnvironment };

/** Matching and delivery. */
await runService('alerting', environment, (settings) => {
  const allowPrivateNetworks = settings.TRADEWATCH_ALLOW_PRIVATE_NETWORKS;
  return {
    imports: [
      JobsModule.redis(settings.REDIS_URL),
      IdentityModule.forRoot(),
      MatchModule,
      DeliverModule.forRoot({
        httpClient: createHttpClient({ allowPrivateNetworks, userAgent: userAgent(settings.TRADEWATCH_CONTACT) }), allowPrivateNetworks,
        publicUrl: settings.TRADEWATCH_PUBLIC_URL ?? `http://${settings.TRADEWATCH_HOST}:${settings.TRADEWATCH_PORT}`,
      }),
    ],
    guard: SessionGuard,
  };
});
