import { Body, Controller, Get, Header, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { LogIn, TooManyAttempts } from './log-in.ts';
import { endedSessionCookie, sessionCookie } from './session-cookie.ts';
import { credentialsOf, CurrentUser, Public } from './session.guard.ts';
import { Sessions } from './sessions.ts';
import type { User } from './users.store.ts';

// Long enough for any passphrase, short enough that hashing it costs nothing extra.
const loginSchema = z.object({ email: z.string().trim().toLowerCase().min(1).max(320).regex(/^\P{Cc}*$/u, 'must not contain control characters'), password: z.string().min(1).max(1024) });

@Controller('api/auth')
export class AuthController {
  constructor(private readonly logIn: LogIn, private readonly sessions: Sessions) {}

  @Public()
  @Post('login')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  async login(
    @Body({ schema: loginSchema }) credentials: z.infer<typeof loginSchema>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ token: string; expiresAt: string }> {
    try {
      const { token, expiresAt } = await this.logIn.logIn({ ...credentials, ip: request.ip });
      reply.header('Set-Cookie', sessionCookie(token, expiresAt, request.protocol === 'https'));
      return { token, expiresAt: expiresAt.toISOString() };
    } catch (error) {
      if (error instanceof TooManyAttempts) reply.header('Retry-After', String(error.retryAfterSeconds));
      throw error;
    }
  }

  @Post('logout')
  @HttpCode(204)
  async logout(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const credentials = credentialsOf(request);
    if (credentials) await this.sessions.end(credentials.token);
    reply.header('Set-Cookie', endedSessionCookie(request.protocol === 'https'));
  }

  @Get('me')
  @Header('Cache-Control', 'no-store')
  me(@CurrentUser() user: User): { email: string } {
    return { email: user.email };
  }
}
