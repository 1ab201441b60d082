import { Module, type DynamicModule } from '@nestjs/common';
import { AuthController } from './auth.controller.ts';
import { Identity, IDENTITY_OPTIONS, type IdentityOptions } from './identity.ts';
import { LogIn } from './log-in.ts';
import { SessionGuard } from './session.guard.ts';
import { Sessions } from './sessions.ts';
import { SessionsStore } from './sessions.store.ts';
import { UsersStore } from './users.store.ts';

/** Sign-in. Global, so that an app can make SessionGuard its APP_GUARD with `useExisting`. */
@Module({})
export class IdentityModule {
  static forRoot(options: IdentityOptions = {}): DynamicModule {
    return {
      module: IdentityModule,
      global: true,
      controllers: [AuthController],
      providers: [{ provide: IDENTITY_OPTIONS, useValue: options }, Identity, LogIn, SessionGuard, Sessions, SessionsStore, UsersStore],
      exports: [Identity, SessionGuard, Sessions],
    };
  }
}
