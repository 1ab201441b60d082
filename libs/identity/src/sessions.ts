import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SessionsStore } from './sessions.store.ts';
import type { User } from './users.store.ts';

const lifetimeMs = 30 * 24 * 60 * 60 * 1000;
/** How long a session ended elsewhere (another replica) can still be taken for a live one here. */
const rememberedMs = 15_000;
const rememberedAtMost = 1_000;

/** Begins, recognises and ends sessions. A session is a random token; a browser and a script hold the same kind. */
@Injectable()
export class Sessions {
  private readonly remembered = new Map<string, { user: User; until: number }>();

  constructor(private readonly store: SessionsStore) {}

  async begin(user: User): Promise<{ token: string; expiresAt: Date }> {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(Date.now() + lifetimeMs);
    await this.store.add(hashOf(token), user.id, expiresAt);
    return { token, expiresAt };
  }

  /** Whose token it is, or null when it is nobody's or has expired. */
  async userOf(token: string): Promise<User | null> {
    const hash = hashOf(token);
    const known = this.remembered.get(hash);
    if (known && known.until > Date.now()) return known.user;
    this.remembered.delete(hash);
    const session = await this.store.find(hash);
    if (!session) return null;
    if (this.remembered.size >= rememberedAtMost) this.remembered.clear();
    this.remembered.set(hash, { user: session.user, until: Math.min(Date.now() + rememberedMs, session.expiresAt.getTime()) });
    return session.user;
  }

  async end(token: string): Promise<void> {
    const hash = hashOf(token);
    await this.store.remove(hash);
    this.remembered.delete(hash);
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
