// The guard proper. It sits where the socket is made, so that the address that was checked is the address that is connected to: a name
// that resolves differently the second time (DNS rebinding) gains nothing, and no caller, redirect or library can go around it.
import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { buildConnector } from 'undici';
import { isAllowedAddress } from './address-guard.ts';
import { blockedAddress, isAllowedPort, type UrlPolicy } from './url-guard.ts';
import { HttpError } from './http-error.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Resolves a host name to all its addresses; rejects with the resolver's error. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

export const systemResolve: Resolve = (hostname) => lookup(hostname, { all: true });

/** An undici connector that refuses ports and addresses outside the policy. One bad address among several refuses the name. */
export function guardedConnector(policy: UrlPolicy, resolve: Resolve, connectTimeoutMs: number): buildConnector.connector {
  const connect = buildConnector({
    timeout: connectTimeoutMs,
    allowH2: false,
    lookup: checkedLookup(policy, resolve),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: 500,
  });
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    const origin = `${options.protocol}//${options.hostname}:${options.port}`;
    if (!isAllowedPort(options.port, policy)) {
      const message = `Port ${options.port} is not a usual web port`;
      callback(new HttpError({ code: 'blocked-port', message, retryable: false, url: origin }), null);
      return;
    }
    if (isIP(host) !== 0 && !isAllowedAddress(host, policy.allowPrivateNetworks)) {
      callback(blockedAddress(origin, host), null);
      return;
    }
    connect(options, (...result) => {
      const [error, socket] = result;
      if (error === null && !leadsOutside(socket, policy)) {
        socket.destroy();
        callback(blockedAddress(origin, String(socket.remoteAddress)), null);
      } else {
        callback(...result);
      }
    });
  };
}

/** Second look at what the connection really reached; a socket already closed again has no address and carries no data either. */
function leadsOutside(socket: Socket, policy: UrlPolicy): boolean {
  return socket.remoteAddress === undefined || isAllowedAddress(socket.remoteAddress, policy.allowPrivateNetworks);
}

function checkedLookup(policy: UrlPolicy, resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    const wantsAll = options.all === true;
    const fail = (error: NodeJS.ErrnoException): void => callback(error, wantsAll ? [] : '', wantsAll ? undefined : 0);
    resolve(hostname).then(
      (addresses) => {
        const blocked = addresses.find(({ address }) => !isAllowedAddress(address, policy.allowPrivateNetworks));
        const first = addresses[0];
        if (blocked) fail(blockedAddress(hostname, blocked.address));
        else if (!first) fail(Object.assign(new Error(`no address for ${hostname}`), { code: 'ENOTFOUND' }));
        else if (wantsAll) callback(null, addresses.map(({ address }) => ({ address, family: isIP(address) })));
        else callback(null, first.address, isIP(first.address));
      },
      (error: unknown) => fail(error instanceof Error ? error : new Error(String(error))),
    );
  };
}
