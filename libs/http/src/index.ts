export * from './address-guard.ts';
export * from './http-client.ts';
export * from './http-error.ts';
export * from './limits.ts';
export { freshnessOf } from './freshness.ts';
export { parseRetryAfter } from './retry-after.ts';
export { checkUrl, type UrlPolicy } from './url-guard.ts';
export type { Resolve, ResolvedAddress } from './guarded-connector.ts';
export { userAgent } from './user-agent.ts';
