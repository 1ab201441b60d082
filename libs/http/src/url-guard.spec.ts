import { describe, expect, it } from 'vitest';
import { HttpError } from './http-error.ts';
import { RedirectTrail } from './redirect-trail.ts';
import { checkUrl } from './url-guard.ts';

const closed = { allowPrivateNetworks: false };

function errorOf(action: () => unknown): HttpError | undefined {
  try {
    action();
  } catch (error) {
    if (error instanceof HttpError) return error;
    throw error;
  }
  return undefined;
}

const codeOf = (action: () => unknown): string => errorOf(action)?.code ?? 'passed';

const attacks = [
  ['file:///etc/passwd', 'blocked-scheme'], ['gopher://127.0.0.1:6379/_FLUSHALL', 'blocked-scheme'], ['ftp://example.com/x', 'blocked-scheme'],
  ['data:text/xml,<rss/>', 'blocked-scheme'], ['javascript:alert(1)', 'blocked-scheme'], ['ws://example.com/', 'blocked-scheme'],
  ['dict://example.com:11211/stats', 'blocked-scheme'], ['jar:http://example.com!/', 'blocked-scheme'], ['unix:/var/run/docker.sock', 'blocked-scheme'],
  ['http://example.com:22/', 'blocked-port'], ['http://example.com:25/', 'blocked-port'], ['http://example.com:6379/', 'blocked-port'],
  ['https://example.com:5432/', 'blocked-port'], ['http://example.com:2375/containers/json', 'blocked-port'], ['http://example.com:9200/', 'blocked-port'],
  ['http://admin:secret@example.com/', 'blocked-credentials'], ['http://example.com@127.0.0.1/', 'blocked-credentials'], ['http://user@example.com/', 'blocked-credentials'],
  ['http://127.0.0.1/', 'blocked-address'], ['http://127.1/', 'blocked-address'], ['http://2130706433/', 'blocked-address'],
  ['http://017700000001/', 'blocked-address'], ['http://0x7f000001/', 'blocked-address'], ['http://0x7f.0x0.0x0.0x1/', 'blocked-address'],
  ['http://0177.0.0.01/', 'blocked-address'], ['http://127.0.0.1./', 'blocked-address'], ['http://①②⑦.⓪.⓪.①/', 'blocked-address'],
  ['http://１２７.０.０.１/', 'blocked-address'], ['http://127。0。0。1/', 'blocked-address'], ['http://%31%32%37.0.0.1/', 'blocked-address'],
  ['http://0/', 'blocked-address'], ['http://0.0.0.0:8080/', 'blocked-address'], ['http://169.254.169.254/latest/meta-data/', 'blocked-address'],
  ['http://0xa9fea9fe/', 'blocked-address'], ['http://2852039166/', 'blocked-address'], ['http://[::1]/', 'blocked-address'],
  ['http://[::]/', 'blocked-address'], ['http://[::ffff:127.0.0.1]/', 'blocked-address'], ['http://[::ffff:a9fe:a9fe]/', 'blocked-address'],
  ['http://[64:ff9b::7f00:1]/', 'blocked-address'], ['http://[fd00:ec2::254]/', 'blocked-address'], ['http://[fe80::1]/', 'blocked-address'],
  ['http://[2002:7f00:1::]/', 'blocked-address'], ['http://10.1.2.3/', 'blocked-address'], ['http://192.168.0.1:8443/', 'blocked-address'],
  ['http://[fe80::1%25eth0]/', 'invalid-url'], ['http://256.256.256.256/', 'invalid-url'], ['http://', 'invalid-url'], ['not a url', 'invalid-url'],
  ['//example.com/x', 'invalid-url'], ['http://exa mple.com/', 'invalid-url'], [`http://example.com/${'a'.repeat(5000)}`, 'invalid-url'],
] as const;

describe('the URL guard', () => {
  it.each(attacks)('refuses %s as %s', (url, code) => {
    expect(codeOf(() => checkUrl(url, closed))).toBe(code);
  });

  it.each(attacks)('refuses a redirect to %s', (url) => {
    const trail = new RedirectTrail(closed, 5);
    const first = trail.start('http://example.com/feed');
    const outcome = codeOf(() => trail.follow(302, url, first));
    // Text without a scheme is a relative reference in a Location field: it stays on the host that was already checked.
    const isRelative = url === 'not a url' || url === '//example.com/x';
    expect(outcome === 'passed').toBe(isRelative);
  });

  it('keeps metadata addresses and credentials refused when private networks are allowed', () => {
    const opened = { allowPrivateNetworks: true };
    expect(codeOf(() => checkUrl('http://127.0.0.1:9999/', opened))).toBe('passed');
    expect(codeOf(() => checkUrl('http://169.254.169.254/', opened))).toBe('blocked-address');
    expect(codeOf(() => checkUrl('http://a:b@127.0.0.1/', opened))).toBe('blocked-credentials');
    expect(codeOf(() => checkUrl('file:///etc/passwd', opened))).toBe('blocked-scheme');
  });

  it('does not repeat a password in the error', () => {
    const error = errorOf(() => checkUrl('https://user:hunter2@example.com/', closed));
    expect(error?.code).toBe('blocked-credentials');
    expect(`${error?.message} ${error?.url}`).not.toContain('hunter2');
  });
});

describe('a redirect trail', () => {
  const start = (): { trail: RedirectTrail; first: URL } => {
    const trail = new RedirectTrail(closed, 3);
    return { trail, first: trail.start('https://example.com/a') };
  };

  it('refuses to fall back from https to http unless the policy says so', () => {
    const { trail, first } = start();
    expect(codeOf(() => trail.follow(301, 'http://example.com/a', first))).toBe('insecure-redirect');
    const lenient = new RedirectTrail({ ...closed, allowDowngrade: true }, 3);
    expect(lenient.follow(301, 'http://example.com/a', lenient.start('https://example.com/a')).href).toBe('http://example.com/a');
  });

  it('finds a circle even when only the fragment differs', () => {
    const { trail, first } = start();
    expect(codeOf(() => trail.follow(302, '/a#again', first))).toBe('redirect-loop');
  });

  it('stops after the limit', () => {
    const { trail, first } = start();
    let url = first;
    for (const step of ['/b', '/c', '/d']) url = trail.follow(302, step, url);
    expect(codeOf(() => trail.follow(302, '/e', url))).toBe('too-many-redirects');
  });

  it('remembers only the permanent redirects at its start', () => {
    const { trail, first } = start();
    const second = trail.follow(301, '/b', first);
    const third = trail.follow(302, '/c', second);
    trail.follow(308, '/d', third);
    expect(trail.movedPermanentlyTo).toBe('https://example.com/b');
  });

  it('refuses a redirect that leads nowhere', () => {
    const { trail, first } = start();
    expect(codeOf(() => trail.follow(302, undefined, first))).toBe('redirect-without-location');
  });
});
