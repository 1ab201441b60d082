import 'reflect-metadata';
import { runService } from '@tradewatch/api';
import { ArchiveModule } from '@tradewatch/archive';
import { databaseEnvironment, identityEnvironment } from '@tradewatch/config';
import { Identity, IdentityModule, SessionGuard } from '@tradewatch/identity';

/** The archive also signs people in. */
await runService('archive', { ...databaseEnvironment, ...identityEnvironment }, (settings) => ({
  imports: [IdentityModule.forRoot({ adminPassword: settings.TRADEWATCH_ADMIN_PASSWORD }), ArchiveModule],
  guard: SessionGuard,
  beforeListen: async (app) => {
    const { email, password } = await app.get(Identity).ensureAdmin();
    if (password) process.stdout.write(`sign in: ${email}  ${password}\n`);
  },
}));
