import { expect, it } from 'vitest';
import { redisAddress } from './redis-address.ts';

it.each([
  ['redis://localhost', { host: 'localhost', port: 6379, db: 0 }],
  ['redis://:p%40ss@redis:6380/2', { host: 'redis', port: 6380, db: 2, password: 'p@ss' }],
  ['rediss://someone:word@cache.example.org', { host: 'cache.example.org', port: 6379, db: 0, username: 'someone', password: 'word', tls: {} }],
  ['redis://[::1]:7000/', { host: '::1', port: 7000, db: 0 }],
])('%s is read as Bull needs it', (url, address) => {
  expect(redisAddress(url)).toEqual(address);
});
