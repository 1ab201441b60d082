import { Inject, Injectable } from '@nestjs/common';
import { generatePassword, hashPassword, verifyPassword } from './password.ts';
import { UsersStore } from './users.store.ts';

export const adminEmail = 'admin@localhost';

export interface IdentityOptions {
  /** The administrator's password. Without it one is generated at the first start. */
  readonly adminPassword?: string | undefined;
}

export const IDENTITY_OPTIONS = Symbol('identity options');

/** Sees to it that somebody can sign in. */
@Injectable()
export class Identity {
  constructor(@Inject(IDENTITY_OPTIONS) private readonly options: IdentityOptions, private readonly users: UsersStore) {}

  /**
   * Makes the administrator at the first start; at a later one a password from the options replaces the stored one, and
   * ends the sessions begun with it.
   * @returns the generated password, for the host to print once; null when it was given or exists already.
   */
  async ensureAdmin(): Promise<{ email: string; password: string | null }> {
    const { adminPassword } = this.options;
    const stored = await this.users.findByEmail(adminEmail);
    if (!stored) {
      const password = adminPassword ?? generatePassword();
      const added = await this.users.add(adminEmail, await hashPassword(password));
      // Another process of ours was quicker: its password is the one that counts.
      return { email: adminEmail, password: added && adminPassword === undefined ? password : null };
    }
    if (adminPassword !== undefined && !(await verifyPassword(adminPassword, stored.passwordHash))) {
      await this.users.replacePassword(stored.id, await hashPassword(adminPassword));
    }
    return { email: adminEmail, password: null };
  }
}
