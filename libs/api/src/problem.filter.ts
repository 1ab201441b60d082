import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

/** Answers every failed request with problem details (RFC 9457); what is our own fault is logged whole and told in general. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('api');

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const problem = this.toProblem(error);
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    if (problem.getStatus() >= 500) this.logger.error({ err: error, method: request.method, url: request.url }, 'request failed');
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (reply.sent) return;
    void reply.status(problem.getStatus()).type('application/problem+json').send(problem.getResponse());
  }

  private toProblem(error: unknown): Problem {
    if (error instanceof Problem) return error;
    if (error instanceof HttpException) return new Problem(error.getStatus(), error.message);
    // Fastify's own refusals (bad JSON, body too large, unsupported media type) carry their status.
    const { statusCode, message } = error as { statusCode?: number; message?: string };
    if (statusCode && statusCode >= 400 && statusCode < 500) return new Problem(statusCode, message ?? 'The request cannot be read.');
    return new Problem(500, 'Something went wrong on our side. The log has the details.');
  }
}
