import { Injectable } from '@nestjs/common';
import { Database } from '@tradewatch/database';

export interface User {
  readonly id: string;
  readonly email: string;
}

export interface UserWithHash extends User {
  readonly passwordHash: string;
}

@Injectable()
export class UsersStore {
  constructor(private readonly database: Database) {}

  async findByEmail(email: string): Promise<UserWithHash | null> {
    return this.database.user.findUnique({ where: { email }, select: { id: true, email: true, passwordHash: true } });
  }

  /** @returns false when the e-mail address is taken, also by a process that starts at the same moment. */
  async add(email: string, passwordHash: string): Promise<boolean> {
    return (await this.database.$executeRaw`INSERT INTO users (email, password_hash) VALUES (${email}, ${passwordHash}) ON CONFLICT (email) DO NOTHING`) === 1;
  }

  /** Replaces the password and ends every session that was begun with the old one. */
  async replacePassword(userId: string, passwordHash: string): Promise<void> {
    await this.database.$transaction([
      this.database.user.update({ where: { id: userId }, data: { passwordHash } }),
      this.database.session.deleteMany({ where: { userId } }),
    ]);
  }
}
