import { createParamDecorator, Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem } from '@tradewatch/api';
import type { FastifyRequest } from 'fastify';
import { isSameOrigin } from './same-origin.ts';
import { sessionTokenIn } from './session-cookie.ts';
import { Sessions } from './sessions.ts';
import type { User } from './users.store.ts';

const publicKey = 'tradewatch:public';

/** Marks a controller or method that needs no session. */
export const Public = (): ClassDecorator & MethodDecorator => SetMetadata(publicKey, true);

interface SignedInRequest extends FastifyRequest {
  signedInUser?: User;
}

/** Gives a handler the signed-in user, `{ id, email }`. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext): User => {
  const user = context.switchToHttp().getRequest<SignedInRequest>().signedInUser;
  if (!user) throw new Problem(401, 'Sign in first.');
  return user;
});

/** What machines ask of every process, and the libraries that answer know nothing of sign-in. Any other route is closed unless it is Public. */
const openRoutes = /^\/(health\/(live|ready)|metrics)$/;

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Lets HTTP requests with a live session through, as Bearer token or cookie. Made global by the app (APP_GUARD). */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(private readonly reflector: Reflector, private readonly sessions: Sessions) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // A global guard is asked about events too; they come from inside.
    if (context.getType() !== 'http') return true;
    if (this.reflector.getAllAndOverride<boolean | undefined>(publicKey, [context.getHandler(), context.getClass()])) return true;
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    if (openRoutes.test(request.routeOptions.url ?? '')) return true;
    const credentials = credentialsOf(request);
    const user = credentials && (await this.sessions.userOf(credentials.token));
    if (!user) throw new Problem(401, 'Sign in first: POST /api/auth/login, then send the token as "Authorization: Bearer …" or the cookie.');
    if (credentials.fromCookie && !safeMethods.has(request.method) && !isSameOrigin(originOf(request))) {
      throw new Problem(403, 'This request was sent by another site. Scripts authenticate with a Bearer token.');
    }
    request.signedInUser = user;
    return true;
  }
}

/** The token a request carries; one that is sent on purpose goes before the cookie that a browser adds by itself. */
export function credentialsOf(request: FastifyRequest): { token: string; fromCookie: boolean } | null {
  const bearer = /^Bearer +([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer) return { token: bearer, fromCookie: false };
  const token = sessionTokenIn(request.headers.cookie);
  return token ? { token, fromCookie: true } : null;
}

function originOf({ headers, host }: FastifyRequest): Parameters<typeof isSameOrigin>[0] {
  const fetchSite = headers['sec-fetch-site'];
  return { fetchSite: Array.isArray(fetchSite) ? fetchSite[0] : fetchSite, origin: headers.origin, host };
}
