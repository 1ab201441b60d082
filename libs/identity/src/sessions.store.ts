import { Injectable } from '@nestjs/common';
import { Database } from '@tradewatch/database';
import type { User } from './users.store.ts';

/** Sessions by the SHA-256 of their token (hex); the token itself is never stored. */
@Injectable()
export class SessionsStore {
  constructor(private readonly database: Database) {}

  /** Adds a session, and clears away the user's that have expired. */
  async add(tokenHash: string, userId: string, expiresAt: Date): Promise<void> {
    await this.database.$transaction([
      this.database.session.deleteMany({ where: { userId, expiresAt: { lte: new Date() } } }),
      this.database.session.create({ data: { tokenHash, userId, expiresAt } }),
    ]);
  }

  /** Whose session it is, or null when there is none or it has expired. */
  async find(tokenHash: string): Promise<{ user: User; expiresAt: Date } | null> {
    return this.database.session.findUnique({
      where: { tokenHash, expiresAt: { gt: new Date() } },
      select: { expiresAt: true, user: { select: { id: true, email: true } } },
    });
  }

  async remove(tokenHash: string): Promise<void> {
    await this.database.session.deleteMany({ where: { tokenHash } });
  }
}
