// Real sockets on loopback; nothing is mocked. The resolver is replaced only where a test needs a hostile name server.
import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpClient, type HttpClient, type HttpClientOptions } from './http-client.ts';
import { HttpError } from './http-error.ts';

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

function client(options: Partial<HttpClientOptions> = {}): HttpClient {
  const created = createHttpClient({ allowPrivateNetworks: true, userAgent: 'tradewatch-test (+https://example.com)', ...options });
  closers.push(() => created.close());
  return created;
}

async function listening(server: Server | TcpServer): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function site(listener: RequestListener): Promise<string> {
  const server = createHttpServer(listener);
  closers.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return listening(server);
}

async function rawSite(onConnection: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => onConnection(socket));
  });
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return listening(server);
}

async function failure(action: Promise<unknown>): Promise<HttpError> {
  const error: unknown = await action.then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof HttpError)) throw new Error(`expected an HttpError, got ${String(error)}`);
  return error;
}

const text = (body: Uint8Array): string => Buffer.from(body).toString('utf8');
const answer = (status: number, headers: Record<string, string> = {}, body: string | Uint8Array = ''): RequestListener => (_request, response) => {
  response.writeHead(status, headers).end(body);
};

describe('getting a document', () => {
  it('returns body, validators and the honest User-Agent it sent', async () => {
    let seen: IncomingMessage | undefined;
    const url = await site((request, response) => {
      seen = request;
      response.writeHead(200, { etag: '"1"', 'last-modified': 'Wed, 01 Jul 2026 12:00:00 GMT' }).end('hello');
    });
    const result = await client().get(`${url}/feed`, { accept: 'application/rss+xml' });
    expect(result).toMatchObject({ status: 200, notModified: false, url: `${url}/feed`, etag: '"1"', lastModified: 'Wed, 01 Jul 2026 12:00:00 GMT' });
    expect(text(result.body)).toBe('hello');
    expect(seen?.headers['user-agent']).toBe('tradewatch-test (+https://example.com)');
    expect(seen?.headers.accept).toBe('application/rss+xml');
  });

  it('asks conditionally and reports 304 as not modified', async () => {
    const url = await site((request, response) => {
      const known = request.headers['if-none-match'] === '"1"' && request.headers['if-modified-since'] === 'yesterday';
      response.writeHead(known ? 304 : 200, { etag: '"1"' }).end();
    });
    const result = await client().get(url, { etag: '"1"', lastModified: 'yesterday' });
    expect(result).toMatchObject({ status: 304, notModified: true });
    expect(result.body).toHaveLength(0);
  });

  it('treats a 304 nobody asked for as an error', async () => {
    expect((await failure(client().get(await site(answer(304))))).code).toBe('http-304');
  });

  it.each([
    ['gzip', gzipSync('packed')],
    ['x-gzip', gzipSync('packed')],
    ['deflate', deflateSync('packed')],
    ['deflate', deflateRawSync('packed')],
    ['br', brotliCompressSync('packed')],
    ['deflate, gzip', gzipSync(deflateSync('packed'))],
    ['gzip', Buffer.from('packed')],
    ['identity', Buffer.from('packed')],
  ])('unpacks %s', async (encoding, body) => {
    const result = await client().get(await site(answer(200, { 'content-encoding': encoding }, body)));
    expect(text(result.body)).toBe('packed');
  });

  it('follows redirects and reports the permanent ones', async () => {
    const url = await site((request, response) => {
      if (request.url === '/old') response.writeHead(301, { location: '/new' }).end();
      else if (request.url === '/new') response.writeHead(302, { location: '/today' }).end();
      else response.end('here');
    });
    const result = await client().get(`${url}/old`);
    expect(result).toMatchObject({ url: `${url}/today`, movedPermanentlyTo: `${url}/new` });
  });

  it('drops credentials when a redirect leaves the origin', async () => {
    let authorization: string | undefined = 'not asked';
    const other = await site((request, response) => {
      authorization = request.headers.authorization;
      response.end('ok');
    });
    const url = await site(answer(302, { location: other }));
    await client().get(url, { headers: { authorization: 'Bearer secret' } });
    expect(authorization).toBeUndefined();
  });

  it.each([
    [404, false], [403, false], [410, false], [401, false], [408, true], [429, true], [500, true], [501, false], [503, true],
  ])('turns status %i into an error (retryable: %s)', async (status, retryable) => {
    const error = await failure(client().get(await site(answer(status))));
    expect(error).toMatchObject({ code: `http-${status}`, status, retryable });
    expect(error.message).toContain(String(status));
  });

  it('passes on how long the server wants to be left alone', async () => {
    const error = await failure(client().get(await site(answer(429, { 'retry-after': '120' }))));
    expect(error.retryAfterMs).toBe(120_000);
  });
});

describe('limits', () => {
  const bomb = gzipSync(Buffer.alloc(20_000_000));

  it.each([
    ['gzip', bomb],
    ['deflate', deflateSync(Buffer.alloc(20_000_000))],
    ['br', brotliCompressSync(Buffer.alloc(20_000_000))],
    ['gzip, gzip', gzipSync(bomb)],
    ['identity', Buffer.alloc(2_000_000)],
  ])('stops a body of %s that grows over the limit', async (encoding, body) => {
    const url = await site(answer(200, { 'content-encoding': encoding }, body));
    expect((await failure(client().get(url, { maxBytes: 1_000_000 }))).code).toBe('body-too-large');
  });

  it('stops an endless body', async () => {
    const url = await site((_request, response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) continue;
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
    });
    expect((await failure(client().get(url, { maxBytes: 1_000_000 }))).code).toBe('body-too-large');
  });

  it.each([
    ['gzip, gzip, gzip', 'unsupported-encoding'],
    ['rot13', 'unsupported-encoding'],
    ['br', 'corrupt-encoding'],
  ])('refuses the content encoding %s as %s', async (encoding, code) => {
    const url = await site(answer(200, { 'content-encoding': encoding }, 'what is this'));
    expect((await failure(client().get(url))).code).toBe(code);
  });

  it('reports gzip that breaks off inside as corrupt', async () => {
    const packed = gzipSync('x'.repeat(1000));
    packed.fill(0xff, 10);
    const url = await site(answer(200, { 'content-encoding': 'gzip' }, packed));
    expect((await failure(client().get(url))).code).toBe('corrupt-encoding');
  });

  it('stops a header over the limit', async () => {
    const url = await rawSite((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      socket.end(`X-Big: ${'a'.repeat(100_000)}\r\n\r\n`);
    });
    expect((await failure(client().get(url))).code).toBe('headers-too-large');
  });

  it.each([
    ['is not HTTP', 'SSH-2.0-OpenSSH_9.9\r\n', 'protocol-error'],
    ['has a broken chunk size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n', 'protocol-error'],
    ['states length and chunks at once', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 'protocol-error'],
    ['ends before its length', 'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nshort', 'connection-lost'],
    ['is empty', '', 'connection-lost'],
  ])('names a response that %s', async (_what, bytes, code) => {
    const url = await rawSite((socket) => socket.end(bytes));
    expect((await failure(client().get(url))).code).toBe(code);
  });

  it('gives up on a server that never answers', async () => {
    const url = await rawSite(() => undefined);
    const error = await failure(client().get(url, { timeoutMs: 200 }));
    expect(error).toMatchObject({ code: 'timeout', retryable: true });
  });

  it('gives up on a header that is dripped byte by byte', async () => {
    const url = await rawSite((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nX-Slow: ');
      const timer = setInterval(() => socket.write('a'), 20);
      socket.once('close', () => clearInterval(timer));
    });
    expect((await failure(client().get(url, { timeoutMs: 300 }))).code).toBe('timeout');
  });

  it('gives up on a body that is dripped byte by byte', async () => {
    const url = await site((_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('a'), 20);
      response.once('close', () => clearInterval(timer));
    });
    expect((await failure(client().get(url, { timeoutMs: 300 }))).code).toBe('timeout');
  });

  it('gives up on a compressed body that stalls', async () => {
    const packed = gzipSync('x'.repeat(100_000));
    const url = await site((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.write(packed.subarray(0, 20));
    });
    expect((await failure(client().get(url, { timeoutMs: 300 }))).code).toBe('timeout');
  });

  it('stops when the caller says so', async () => {
    const url = await rawSite(() => undefined);
    const stop = new AbortController();
    const pending = failure(client().get(url, { signal: stop.signal }));
    stop.abort();
    expect((await pending).code).toBe('aborted');
  });

  it('finds redirect circles and endless redirects', async () => {
    const circle = await site((request, response) => response.writeHead(302, { location: request.url === '/a' ? '/b' : '/a' }).end());
    expect((await failure(client().get(`${circle}/a`))).code).toBe('redirect-loop');
    let step = 0;
    const endless = await site((_request, response) => response.writeHead(302, { location: `/${(step += 1)}` }).end());
    expect((await failure(client().get(endless))).code).toBe('too-many-redirects');
  });
});

describe('the way out', () => {
  it('refuses loopback before a connection is made', async () => {
    let connections = 0;
    const server = createTcpServer(() => (connections += 1));
    closers.push(async () => { server.close(); await once(server, 'close'); });
    await listening(server);
    const port = String((server.address() as AddressInfo).port);
    const guarded = client({ allowPrivateNetworks: false, resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]) });
    const outcomes = await Promise.all([`http://127.0.0.1:${port}/`, `http://victim.example:${port}/`, 'http://victim.example:8080/', 'https://victim.example/']
      .map((url) => failure(guarded.get(url))));
    expect(outcomes.map(({ code }) => code)).toEqual(['blocked-port', 'blocked-port', 'blocked-address', 'blocked-address']);
    expect(connections).toBe(0);
  });

  it.each([
    ['loopback', ['127.0.0.1']], ['private', ['10.0.0.8']], ['metadata', ['169.254.169.254']], ['mapped loopback', ['::ffff:127.0.0.1']],
    ['a public and a private address', ['93.184.216.34', '192.168.0.10']], ['unspecified', ['::']], ['garbage', ['not-an-ip']],
  ])('refuses a name that resolves to %s', async (_what, addresses) => {
    const guarded = client({ allowPrivateNetworks: false, resolve: () => Promise.resolve(addresses.map((address) => ({ address, family: 4 }))) });
    const error = await failure(guarded.get('http://rebind.example/feed'));
    expect(error).toMatchObject({ code: 'blocked-address', retryable: false });
  });

  it('connects to the address it checked when the name server changes its mind', async () => {
    const url = await site(answer(200, {}, 'checked'));
    let lookups = 0;
    const rebinding = client({
      resolve: () => {
        lookups += 1;
        return Promise.resolve([{ address: lookups === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }]);
      },
    });
    const result = await rebinding.get(url.replace('127.0.0.1', 'rebind.example'));
    expect(text(result.body)).toBe('checked');
    expect(lookups).toBe(1);
    const again = await failure(rebinding.get('http://rebind.example:8080/'));
    expect(again.code).toBe('blocked-address');
  });

  it.each([
    ['http://169.254.169.254/latest/meta-data/', 'blocked-address'], ['http://[::ffff:a9fe:a9fe]/', 'blocked-address'], ['http://0xa9fea9fe/', 'blocked-address'],
    ['file:///etc/passwd', 'blocked-scheme'], ['gopher://127.0.0.1:6379/_INFO', 'blocked-scheme'], ['http://user:pass@127.0.0.1/', 'blocked-credentials'],
    ['http://metadata.example/', 'blocked-address'],
  ])('does not follow a redirect to %s', async (location, code) => {
    const url = await site(answer(302, { location }));
    const guarded = client({ resolve: () => Promise.resolve([{ address: '169.254.169.254', family: 4 }]) });
    expect((await failure(guarded.get(url))).code).toBe(code);
  });

  it('treats IPv6 literals like any other address', async () => {
    const server = createHttpServer(answer(200, {}, 'six'));
    closers.push(async () => { server.closeAllConnections(); server.close(); await once(server, 'close'); });
    server.listen(0, '::1');
    await once(server, 'listening');
    const url = `http://[::1]:${(server.address() as AddressInfo).port}/`;
    expect(text((await client().get(url)).body)).toBe('six');
    expect((await failure(client({ allowPrivateNetworks: false }).get('http://[::1]:8080/'))).code).toBe('blocked-address');
  });

  it('explains names that do not exist and connections that are refused', async () => {
    const gone = createTcpServer();
    const url = await listening(gone);
    gone.close();
    await once(gone, 'close');
    expect(await failure(client().get(url))).toMatchObject({ code: 'connection-refused', retryable: true });
    const lost = client({ resolve: () => Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })) });
    expect(await failure(lost.get('http://nowhere.example/'))).toMatchObject({ code: 'host-not-found', message: 'The name nowhere.example does not exist' });
    const offline = client({ resolve: () => Promise.reject(Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' })) });
    expect((await failure(offline.get('http://nowhere.example/'))).code).toBe('dns-failure');
  });

  it('reports a server without TLS as a TLS failure', async () => {
    const url = await rawSite((socket) => socket.end('plain text\r\n\r\n'));
    expect((await failure(client().get(url.replace('http:', 'https:')))).code).toBe('tls-failure');
  });
});

describe('sending a request', () => {
  const echo: RequestListener = (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => response.writeHead(400, { 'content-type': 'text/plain' }).end(`${request.method} ${Buffer.concat(chunks).toString()}`));
  };

  it('returns any status, and the body it sent arrives', async () => {
    const response = await client().request({ method: 'POST', url: await site(echo), body: '{"text":"hi"}' });
    expect(response).toMatchObject({ status: 400, ok: false });
    expect(text(response.body)).toBe('POST {"text":"hi"}');
  });

  it('does not follow redirects unless asked', async () => {
    const url = await site(answer(302, { location: '/elsewhere' }));
    expect((await client().request({ method: 'POST', url, body: 'x' })).status).toBe(302);
    expect((await failure(client().request({ method: 'POST', url, body: 'x', redirect: 'error' }))).code).toBe('unexpected-redirect');
  });

  it('offers the same guard as a fetch function', async () => {
    const response = await client().fetch(await site(echo), { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: 'ping', redirect: 'error' });
    expect(response.ok).toBe(false);
    expect(await response.text()).toBe('POST ping');
    expect((await failure(client({ allowPrivateNetworks: false }).fetch('http://127.0.0.1/'))).code).toBe('blocked-address');
  });

  it('fails requests under way when it is closed', async () => {
    let arrived: (() => void) | undefined;
    const waiting = new Promise<void>((resolve) => (arrived = resolve));
    const url = await site(() => arrived?.());
    const closing = client();
    const pending = failure(closing.get(url));
    await waiting;
    await closing.close();
    expect((await pending).code).toBe('aborted');
  });
});
