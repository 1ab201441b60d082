import { isSpanContextValid, trace } from '@opentelemetry/api';
import { LoggerModule } from 'nestjs-pino';
import type { DynamicModule } from '@nestjs/common';
import pino, { type DestinationStream } from 'pino';
import pretty from 'pino-pretty';

export { Logger } from 'nestjs-pino';

export interface LoggingOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** For people at a terminal; machines get one JSON object a line. */
  readonly pretty: boolean;
  readonly service: string;
}

/** Structured logs on stderr by pino. Requests are logged at debug, their failures where they are handled. */
export function loggingModule({ level, pretty: forPeople, service }: LoggingOptions): DynamicModule {
  const destination: DestinationStream = forPeople
    ? pretty({ destination: 2, sync: true, colorize: process.stderr.isTTY, ignore: 'pid,hostname,service,context,traceId,spanId', messageFormat: '{context}: {msg}', translateTime: 'SYS:HH:MM:ss' })
    : pino.destination({ dest: 2, sync: false });
  return LoggerModule.forRoot({
    pinoHttp: [{
      level,
      base: { service },
      // A line written within a span can be found from its trace.
      mixin: () => {
        const span = trace.getActiveSpan()?.spanContext();
        return span && isSpanContextValid(span) ? { traceId: span.traceId, spanId: span.spanId } : {};
      },
      // Nest's own start-up chatter is of use to developers only.
      hooks: { logMethod(args, method) {
        const [first] = args as [unknown];
        const context = typeof first === 'object' && first !== null ? (first as { context?: unknown }).context : undefined;
        if (typeof context === 'string' && startUpContexts.has(context)) return;
        method.apply(this, args);
      } },
      autoLogging: false,
      quietReqLogger: true,
      redact: ['req.headers.authorization', 'req.headers.cookie', '*.webhookUrl', '*.password'],
    }, destination],
  });
}

const startUpContexts = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication', 'NestMicroservice', 'LegacyRouteConverter']);
