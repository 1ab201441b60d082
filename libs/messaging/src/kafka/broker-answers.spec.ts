import { createServer } from 'node:net';
import { freePort } from '@tradewatch/testing';
import { afterEach, expect, it, vi } from 'vitest';
import { assertBrokerAnswers, waitForBrokers } from './broker-answers.ts';

afterEach(() => vi.restoreAllMocks());

async function told(work: () => Promise<void>): Promise<string> {
  let text = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  await work();
  return text;
}

it('waits for a broker and says so in one line, with the address and what to do', async () => {
  const port = await freePort();
  const server = createServer((socket) => socket.end());
  const lines = await told(async () => {
    const waiting = waitForBrokers([`127.0.0.1:${port}`], () => undefined);
    await vi.waitFor(() => expect(process.stderr.write).toHaveBeenCalled());
    server.listen(port, '127.0.0.1');
    await waiting;
  });
  server.close();
  expect(lines).toBe(`tradewatch waits: no Kafka broker answers at 127.0.0.1:${port} (ECONNREFUSED): start it, or set KAFKA_BROKERS to brokers that run.\n`);
});

it('says nothing when one of several answers', async () => {
  const [free, port] = [await freePort(), await freePort()];
  const server = createServer((socket) => socket.end()).listen(port, '127.0.0.1');
  expect(await told(() => waitForBrokers([`127.0.0.1:${free}`, `127.0.0.1:${port}`], () => undefined))).toBe('');
  server.close();
});

it('stops waiting when the start is given up', async () => {
  const closers: (() => Promise<void>)[] = [];
  const port = await freePort();
  await told(async () => {
    const waiting = waitForBrokers([`127.0.0.1:${port}`], (closer) => void closers.push(closer));
    await vi.waitFor(() => expect(process.stderr.write).toHaveBeenCalled());
    for (const close of closers) await close();
    await waiting;
  });
});

it('refuses at once for those who would rather not wait', async () => {
  const broker = `127.0.0.1:${await freePort()}`;
  await expect(assertBrokerAnswers([broker])).rejects.toThrow(`no broker of KAFKA_BROKERS answers: ${broker}`);
});
