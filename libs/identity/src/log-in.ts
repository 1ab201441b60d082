import { Injectable, Logger } from '@nestjs/common';
import { Problem } from '@tradewatch/api';
import { LoginThrottle } from './login-throttle.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { Sessions } from './sessions.ts';
import { UsersStore } from './users.store.ts';

export interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Address of the client. */
  readonly ip: string;
}

/** A refused sign-in that may be tried again after `retryAfterSeconds`. */
export class TooManyAttempts extends Problem {
  constructor(readonly retryAfterSeconds: number) {
    super(429, `Too many failed sign-ins. Try again in ${Math.ceil(retryAfterSeconds / 60)} min.`);
  }
}

const quarterOfAnHour = 15 * 60 * 1000;

/** Signs a person in. An unknown address costs as much work and gets the same answer as a wrong password. */
@Injectable()
export class LogIn {
  private readonly logger = new Logger('identity');
  private readonly perAccount = new LoginThrottle({ failures: 10, windowMs: quarterOfAnHour });
  private readonly perAddress = new LoginThrottle({ failures: 100, windowMs: quarterOfAnHour });
  private readonly nobodysHash = hashPassword('nobody has this password');

  constructor(private readonly users: UsersStore, private readonly sessions: Sessions) {}

  /** @throws Problem 401 for wrong credentials. @throws TooManyAttempts after 10 failures in 15 minutes. */
  async logIn({ email, password, ip }: Credentials): Promise<{ token: string; expiresAt: Date }> {
    const account = `${ip} ${email}`;
    const wait = this.perAccount.begin(account) || this.perAddress.begin(ip);
    if (wait > 0) {
      this.logger.warn({ ip }, 'sign-in refused: too many failures');
      throw new TooManyAttempts(Math.ceil(wait / 1000));
    }
    const user = await this.users.findByEmail(email);
    const matches = await verifyPassword(password, user?.passwordHash ?? (await this.nobodysHash));
    if (!user || !matches) throw new Problem(401, 'The e-mail address or the password is wrong.');
    this.perAccount.succeed(account);
    this.perAddress.succeed(ip);
    return this.sessions.begin({ id: user.id, email: user.email });
  }
}
