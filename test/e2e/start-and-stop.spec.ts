// Starting, stopping, killing and starting again, as a person at a terminal does.
import { connect, createServer } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startFeedServer, waitFor } from '@tradewatch/testing';
import { describe, expect, it } from 'vitest';
import { headlines, rss } from './feed-fixture.ts';
import { allArticles, Product, type ArticleList } from './product.ts';

describe('npm start', () => {
  it('prints the address and the sign-in, stops on Ctrl-C, and keeps all data', async () => {
    const product = await Product.start();
    expect(product.output).toContain(product.address);
    expect(product.output).toContain('admin@localhost');
    const { id } = await product.api<{ id: string }>('/api/channels', { method: 'POST', body: { name: 'Kept', type: 'slack', webhookUrl: 'http://127.0.0.1:9/x' } });
    expect(await product.stop('SIGINT')).toBe(0);
    await product.run();
    const { items } = await product.api<{ items: { id: string }[] }>('/api/channels');
    expect(items.map((channel) => channel.id)).toContain(id);
  });

  it('stops although a browser holds a connection open that it never used', async () => {
    const product = await Product.start();
    const socket = connect({ port: product.port, host: '127.0.0.1' });
    await new Promise((done) => socket.once('connect', done));
    expect(await product.stop('SIGINT')).toBe(0);
    expect(product.errors).not.toContain('in hand');
    socket.destroy();
  });

  it('generates a password at the first start and prints the same at every later one', async () => {
    const product = await Product.prepare();
    const passwords: string[] = [];
    for (let start = 0; start < 2; start++) {
      product.begin({ TRADEWATCH_ADMIN_PASSWORD: '' });
      await waitFor('the sign-in line', () => product.output.includes('stop '), 60_000);
      passwords.push(/admin@localhost {2}(\S+)/.exec(product.output)![1]!);
      await product.stop('SIGTERM');
    }
    expect(passwords[0]).toBe(passwords[1]);
    expect(passwords[0]!.length).toBeGreaterThan(15);
  });

  it('loses nothing that was acknowledged when it is killed at any moment', async () => {
    const site = await startFeedServer();
    const feed = (count: number): string => rss('Notices', 'https://notices.example', headlines(count, new Date()));
    const url = site.set('/feed.xml', feed(20));
    const product = await Product.start();
    await product.api('/api/sources', { method: 'POST', body: { id: 'feed', name: 'Feed', kind: 'rss', url, jurisdiction: 'US', language: 'en', authority: 'press', interval: '15m' } });
    let acknowledged = 0;
    for (let round = 1; round <= 4; round++) {
      site.set('/feed.xml', feed(20 * round));
      const result = await waitFor('a poll', async () => {
        const response = await product.request('/api/sources/feed/poll', { method: 'POST' });
        return response.ok ? ((await response.json()) as { newArticles: number }) : null;
      });
      acknowledged += result.newArticles;
      // Killed with the articles in the log and the later steps at work; the embedded server is left running.
      expect(await product.stop('SIGKILL')).toBe('SIGKILL');
      await product.run();
    }
    // What the first sweep polled by itself is acknowledged too.
    await waitFor('every article', async () => (await product.api<ArticleList>('/api/articles?limit=1')).total === 80);
    expect(acknowledged).toBeLessThanOrEqual(80);
    const articles = await allArticles(product);
    expect(new Set(articles.map(({ title }) => title)).size).toBe(80);
    expect(await product.stop('SIGINT')).toBe(0);
  });

  describe('says in one clear line what is wrong, with exit code 1:', () => {
    async function refusal(env: Record<string, string>): Promise<{ code: number | string; errors: string }> {
      const product = await Product.prepare();
      product.begin(env);
      const code = await product.ended();
      return { code, errors: product.errors };
    }

    it('a port in use', async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await new Promise((done) => server.once('listening', done));
      const { port } = server.address() as { port: number };
      const { code, errors } = await refusal({ TRADEWATCH_PORT: String(port) });
      await new Promise((done) => server.close(done));
      expect({ code, errors }).toEqual({ code: 1, errors: `tradewatch cannot start: port ${port} is in use by another program: stop that, or set TRADEWATCH_PORT to another port.\n` });
    });

    it('a variable that makes no sense', async () => {
      expect(await refusal({ TRADEWATCH_PORT: 'three' })).toEqual({ code: 1, errors: 'tradewatch cannot start: TRADEWATCH_PORT must be a port number from 1 to 65535 (it is "three")\n' });
    });

    it('a database that does not answer', async () => {
      expect(await refusal({ DATABASE_URL: 'postgresql://someone:secret-word@127.0.0.1:1/news' })).toEqual({
        code: 1, errors: 'tradewatch cannot start: PostgreSQL at 127.0.0.1:1 does not answer (ECONNREFUSED): start it, or set DATABASE_URL to one that runs.\n',
      });
    });

    it('a data folder that cannot be written', async () => {
      const product = await Product.prepare();
      const file = join(product.folder, 'a-file');
      await writeFile(file, '');
      product.begin({ TRADEWATCH_DATA_DIR: join(file, 'data') });
      expect(await product.ended()).toBe(1);
      expect(product.errors).toBe(`tradewatch cannot start: the data folder ${file}/data cannot be written (ENOTDIR): set TRADEWATCH_DATA_DIR to one that can.\n`);
    });

    it('a sources file that is at fault', async () => {
      const product = await Product.prepare({ sources: '- { id: x, name: X, kind: rss, url: "ftp://example.org/feed" }' });
      product.begin();
      expect(await product.ended()).toBe(1);
      expect(product.errors.trim().split('\n').length).toBe(1);
      expect(product.errors).toMatch(/^tradewatch cannot start: .*sources\.yaml.*\bx\b/);
    });

    it('a second process on the same data', async () => {
      const first = await Product.start();
      expect(await refusal({ TRADEWATCH_DATA_DIR: join(first.folder, 'data') })).toEqual({
        code: 1, errors: 'tradewatch cannot start: another tradewatch works on this data: stop it, or set TRADEWATCH_DATA_DIR (or DATABASE_URL) to data of its own.\n',
      });
      expect((await fetch(`${first.address}/health/ready`)).ok).toBe(true);
    });
  });
});
