// Real: PostgreSQL, a process that is stopped with SIGSTOP.
import { spawn, type ChildProcess } from 'node:child_process';
import { createTestDatabase, waitFor } from '@tradewatch/testing';
import pg from 'pg';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { lockSql, RelayLock } from './relay-lock.ts';

const never = new AbortController().signal;
let url: string;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  url = await createTestDatabase();
});
afterEach(() => Promise.all(ends.splice(0).map((end) => end())));

/** A process that holds the lock as a relay does, with a sign of life on its connection twice a second. */
async function otherProcess(): Promise<ChildProcess & { readonly answers: () => string }> {
  const script = `
    import pg from 'pg';
    const client = new pg.Client({ connectionString: process.argv[1] });
    client.on('error', () => undefined);
    await client.connect();
    await client.query(process.argv[2]);
    await client.query(process.argv[3]);
    process.stdout.write('held ');
    setInterval(() => client.query('SELECT 1').then(() => process.stdout.write('beat '), () => process.stdout.write('lost ')), 500);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, url, ...lockSql], { stdio: ['ignore', 'pipe', 'inherit'] });
  ends.push(async () => child.kill('SIGKILL'));
  let answers = '';
  child.stdout.on('data', (chunk: Buffer) => (answers += chunk.toString()));
  await waitFor('the other process to hold the lock', () => answers.includes('held'));
  return Object.assign(child, { answers: () => answers });
}

it('is taken over within 5 s from a process that is stopped, which finds it gone when it goes on', async () => {
  const other = await otherProcess();
  let ours: RelayLock | null = null;
  const waiting = RelayLock.acquire(url, never).then((lock) => (ours = lock));
  ends.push(async () => (await waiting)?.release());
  // As long as the other gives signs of life, it is the one.
  await waitFor('more signs of life than silence is allowed', () => other.answers().split('beat').length > 7);
  expect(ours).toBeNull();
  other.kill('SIGSTOP');
  const stoppedAt = performance.now();
  await waiting;
  expect(performance.now() - stoppedAt).toBeLessThan(5_000);
  ours!.assertHeld();
  other.kill('SIGCONT');
  await waitFor('the other to notice', () => other.answers().includes('lost'));
  ours!.assertHeld();
});

it('is not trusted by a holder that was stopped, until the server has answered it again', async () => {
  const lock = (await RelayLock.acquire(url, never))!;
  ends.push(() => lock.release());
  const answer = lock.query({ text: 'SELECT 1' });
  // The whole process stands still, as under SIGSTOP; the answer arrives meanwhile.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3_000);
  await answer.catch(() => undefined);
  expect(() => lock.assertHeld()).toThrow('silent for too long');
});

it('is kept through a query that takes long', async () => {
  const lock = (await RelayLock.acquire(url, never))!;
  ends.push(() => lock.release());
  await lock.query({ text: 'SELECT pg_sleep(3.5)' });
  lock.assertHeld();
});

it('is not trusted any more by a holder whose connection was cut', async () => {
  const lock = (await RelayLock.acquire(url, never))!;
  ends.push(() => lock.release());
  lock.assertHeld();
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tradewatch-relay' AND datname = current_database()`);
  await admin.end();
  await waitFor('doubt', () => {
    try {
      lock.assertHeld();
      return false;
    } catch {
      return true;
    }
  });
});

it('stops waiting when it is told to', async () => {
  const lock = (await RelayLock.acquire(url, never))!;
  ends.push(() => lock.release());
  expect(await RelayLock.acquire(url, AbortSignal.timeout(50))).toBeNull();
});
