import 'reflect-metadata';
import { runService } from '@tradewatch/api';
import { ArchiveModule } from '@tradewatch/archive';
import { databaseEnvironment, identityEnvironment } from '@tradewatch/config';
import { Identity, IdentityModule, SessionGuard } from '@tradewatch/identity';

/** The gateway shows this service's page (infra/gateway/Caddyfile). */
const apiParts = [
  { service: 'archive', title: 'Articles, taxonomy, sign-in' },
  { service: 'crawler', title: 'Sources' },
  { service: 'alerting', title: 'Subscriptions, channels, deliveries' },
];

/** The archive also signs people in. */
await runService('archive', { ...databaseEnvironment, ...identityEnvironment }, (settings) => ({
  imports: [IdentityModule.forRoot({ adminPassword: settings.TRADEWATCH_ADMIN_PASSWORD }), ArchiveModule],
  guard: SessionGuard,
  apiParts,
  beforeListen: async (app) => {
    const { email, password } = await app.get(Identity).ensureAdmin();
    if (password) process.stdout.write(`sign in: ${email}  ${password}\n`);
  },
}));
