import 'reflect-metadata';
import { runService } from '@tradewatch/api';
import { crawlEnvironment, databaseEnvironment, outboundEnvironment, readNamedFile, redisEnvironment } from '@tradewatch/config';
import { CrawlModule } from '@tradewatch/crawl';
import { createHttpClient, userAgent } from '@tradewatch/http';
import { IdentityModule, SessionGuard } from '@tradewatch/identity';
import { JobsModule } from '@tradewatch/jobs';

const environment = { ...databaseEnvironment, ...redisEnvironment, ...outboundEnvironment, ...crawlEnvironment };

await runService('crawler', environment, async (settings) => {
  const sourcesYaml = await readNamedFile('TRADEWATCH_SOURCES', settings.TRADEWATCH_SOURCES);
  return {
    imports: [
      JobsModule.redis(settings.REDIS_URL),
      IdentityModule.forRoot(),
      CrawlModule.forRoot({
        httpClient: createHttpClient({ allowPrivateNetworks: settings.TRADEWATCH_ALLOW_PRIVATE_NETWORKS, userAgent: userAgent(settings.TRADEWATCH_CONTACT) }),
        sourcesOrigin: settings.TRADEWATCH_SOURCES ?? 'the catalog',
        ...(sourcesYaml === undefined ? {} : { sourcesYaml }),
      }),
    ],
    guard: SessionGuard,
  };
});
