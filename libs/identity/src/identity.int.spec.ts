// Real: PostgreSQL, Nest and Fastify (requests are injected, no socket), scrypt.
import { Controller, Get, Post } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { ProblemFilter, validationPipe } from '@tradewatch/api';
import { Database, DatabaseModule } from '@tradewatch/database';
import { createTestDatabase } from '@tradewatch/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CurrentUser, Identity, IdentityModule, Public, SessionGuard, type IdentityOptions, type User } from './index.ts';

@Controller('desk')
class DeskController {
  @Get()
  read(@CurrentUser() user: User): User {
    return user;
  }

  @Post()
  write(): string {
    return 'written';
  }

  @Public()
  @Get('open')
  open(): string {
    return 'open';
  }
}

// As the health check of every process: it knows nothing of sign-in.
@Controller()
class MachineController {
  @Get(['health/live', 'metrics'])
  live(): string {
    return 'live';
  }
}

async function start(url: string, options: IdentityOptions = {}): Promise<NestFastifyApplication> {
  const module = await Test.createTestingModule({
    imports: [DatabaseModule.forRoot({ url }), IdentityModule.forRoot(options)],
    controllers: [DeskController, MachineController],
    providers: [{ provide: APP_GUARD, useExisting: SessionGuard }],
  }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter({ trustProxy: true }), { logger: false });
  app.useGlobalPipes(validationPipe);
  app.useGlobalFilters(new ProblemFilter());
  await app.init();
  return app;
}

const logIn = (app: NestFastifyApplication, password: string, headers: Record<string, string> = {}, email = 'admin@localhost') =>
  app.inject({ method: 'POST', url: '/api/auth/login', payload: { email, password }, headers });

describe('the administrator', () => {
  it('is made once at the first start, with a generated password that is told once and works', async () => {
    const url = await createTestDatabase();
    const app = await start(url);
    const [one, two] = await Promise.all([app.get(Identity).ensureAdmin(), app.get(Identity).ensureAdmin()]);
    const told = [one.password, two.password].filter((password) => password !== null);
    expect(told).toEqual([expect.stringMatching(/^\w{4}(-\w{4}){4}$/)]);
    expect(await app.get(Identity).ensureAdmin()).toEqual({ email: 'admin@localhost', password: null });
    expect((await logIn(app, told[0]!)).statusCode).toBe(200);
    const rows = await app.get(Database).pool.query('SELECT * FROM users u JOIN sessions s ON s.user_id = u.id');
    expect(rows.rows).toHaveLength(1);
    expect(JSON.stringify(rows.rows)).not.toContain(told[0]);
    await app.close();
  });

  it('gets the given password, at a later start too, and sessions begun with the old one end', async () => {
    const url = await createTestDatabase();
    const first = await start(url, { adminPassword: 'first password' });
    expect(await first.get(Identity).ensureAdmin()).toEqual({ email: 'admin@localhost', password: null });
    const { token } = (await logIn(first, 'first password')).json();
    await first.close();

    const same = await start(url, { adminPassword: 'first password' });
    await same.get(Identity).ensureAdmin();
    expect((await same.inject({ url: '/desk', headers: { authorization: `Bearer ${token}` } })).statusCode).toBe(200);
    await same.close();

    const second = await start(url, { adminPassword: 'second password' });
    expect((await second.get(Identity).ensureAdmin()).password).toBeNull();
    expect((await second.inject({ url: '/desk', headers: { authorization: `Bearer ${token}` } })).statusCode).toBe(401);
    expect((await logIn(second, 'first password')).statusCode).toBe(401);
    expect((await logIn(second, 'second password')).statusCode).toBe(200);
    await second.close();
  });
});

describe('signing in', () => {
  let app: NestFastifyApplication;
  let address = 0;
  beforeAll(async () => {
    app = await start(await createTestDatabase(), { adminPassword: 'open sesame' });
    await app.get(Identity).ensureAdmin();
  });
  afterAll(() => app.close());
  beforeEach(() => {
    address++;
  });
  const client = (): Record<string, string> => ({ 'x-forwarded-for': `192.0.2.${address}` });

  it('answers with a token and a cookie that both open what needs a session', async () => {
    const response = await logIn(app, 'open sesame', client(), ' Admin@LocalHost ');
    expect(response.statusCode).toBe(200);
    const { token, expiresAt } = response.json();
    const days = (Date.parse(expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThanOrEqual(30);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(response.headers['set-cookie']).toMatch(/^tradewatch_session=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; SameSite=Strict$/);
    const stored = await app.get(Database).pool.query('SELECT token_hash FROM sessions');
    expect(JSON.stringify(stored.rows)).not.toContain(token);

    for (const headers of [{ authorization: `Bearer ${token}` }, { cookie: `a=b; tradewatch_session=${token}` }]) {
      expect((await app.inject({ url: '/api/auth/me', headers })).json()).toEqual({ email: 'admin@localhost' });
      expect((await app.inject({ url: '/desk', headers })).json()).toEqual({ id: expect.any(String), email: 'admin@localhost' });
    }
  });

  it('sets a Secure cookie when the request came over https', async () => {
    const response = await logIn(app, 'open sesame', { ...client(), 'x-forwarded-proto': 'https' });
    expect(response.headers['set-cookie']).toMatch(/; Secure$/);
  });

  it('is needed for everything but what is public', async () => {
    for (const headers of [{}, { authorization: 'Bearer nonsense' }, { authorization: 'Basic YTpi' }, { cookie: 'tradewatch_session=x' }]) {
      const response = await app.inject({ url: '/desk', headers });
      expect([response.statusCode, response.headers['content-type']]).toEqual([401, expect.stringContaining('application/problem+json')]);
    }
    expect((await app.inject({ method: 'POST', url: '/desk' })).statusCode).toBe(401);
    for (const path of ['/desk/open', '/health/live', '/metrics']) expect((await app.inject(path)).statusCode).toBe(200);
  });

  it('ends with signing out', async () => {
    const { token } = (await logIn(app, 'open sesame', client())).json();
    const headers = { authorization: `Bearer ${token}` };
    expect((await app.inject({ url: '/api/auth/me', headers })).statusCode).toBe(200);
    const response = await app.inject({ method: 'POST', url: '/api/auth/logout', headers });
    expect([response.statusCode, response.body]).toEqual([204, '']);
    expect(response.headers['set-cookie']).toContain('Expires=Thu, 01 Jan 1970');
    expect((await app.inject({ url: '/api/auth/me', headers })).statusCode).toBe(401);
  });

  it('ends by itself when the session expires', async () => {
    const { token } = (await logIn(app, 'open sesame', client())).json();
    await app.get(Database).pool.query('UPDATE sessions SET expires_at = now()');
    expect((await app.inject({ url: '/api/auth/me', headers: { authorization: `Bearer ${token}` } })).statusCode).toBe(401);
  });

  it('lets a cookie change state only from our own pages; a Bearer token from anywhere', async () => {
    const { token } = (await logIn(app, 'open sesame', client())).json();
    const post = async (headers: Record<string, string>): Promise<number> =>
      (await app.inject({ method: 'POST', url: '/desk', headers: { host: 'desk.example:3000', ...headers } })).statusCode;
    const cookie = `tradewatch_session=${token}`;
    expect(await post({ cookie, origin: 'http://desk.example:3000' })).toBe(201);
    expect(await post({ cookie, 'sec-fetch-site': 'same-origin' })).toBe(201);
    expect(await post({ cookie, origin: 'http://evil.example' })).toBe(403);
    expect(await post({ cookie, origin: 'null' })).toBe(403);
    expect(await post({ cookie, 'sec-fetch-site': 'cross-site', origin: 'http://desk.example:3000' })).toBe(403);
    expect(await post({ authorization: `Bearer ${token}`, origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' })).toBe(201);
    expect((await app.inject({ url: '/desk', headers: { cookie, 'sec-fetch-site': 'cross-site' } })).statusCode).toBe(200);
  });

  it('gets one answer for a wrong password and for an unknown address', async () => {
    const wrong = await logIn(app, 'wrong', client());
    const unknown = await logIn(app, 'wrong', client(), 'nobody@example.com');
    expect(wrong.statusCode).toBe(401);
    expect(unknown.json()).toEqual(wrong.json());
  });

  it('is refused after ten failures from one address, with the time to wait, and only there', async () => {
    const answers = await Promise.all(Array.from({ length: 14 }, () => logIn(app, 'wrong', client())));
    const statuses = answers.map((answer) => answer.statusCode).sort();
    expect(statuses).toEqual([...Array<number>(10).fill(401), ...Array<number>(4).fill(429)]);
    const refused = await logIn(app, 'open sesame', client());
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['content-type']).toContain('application/problem+json');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(60);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(900);
    expect((await logIn(app, 'open sesame', { 'x-forwarded-for': '198.51.100.1' })).statusCode).toBe(200);
  });

  it.each([
    [{}, ['email', 'password']],
    [{ email: 'admin@localhost' }, ['password']],
    [{ email: 'admin@localhost', password: 'x'.repeat(1025) }, ['password']],
    [{ email: 1, password: {} }, ['email', 'password']],
    [{ email: 'a\0b', password: 'x' }, ['email']],
  ])('with a body like %j is refused, naming the fields', async (payload, fields) => {
    const response = await app.inject({ method: 'POST', url: '/api/auth/login', payload });
    expect(response.statusCode).toBe(400);
    expect(response.json().errors.map((error: { field: string }) => error.field)).toEqual(fields);
  });
});
