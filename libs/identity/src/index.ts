export { adminEmail, Identity, type IdentityOptions } from './identity.ts';
export { IdentityModule } from './identity.module.ts';
export { CurrentUser, Public, SessionGuard } from './session.guard.ts';
export type { User } from './users.store.ts';
export { generatePassword } from './password.ts';
