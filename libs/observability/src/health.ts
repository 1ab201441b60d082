import { Controller, Get, HttpCode, Inject, Module, ServiceUnavailableException, type DynamicModule } from '@nestjs/common';

/** One thing a process needs; `check` rejects, or answers false, when it is not there. */
export interface HealthCheck {
  readonly name: string;
  readonly check: () => Promise<boolean> | boolean;
}

export interface HealthChecks {
  /** What only a restart can mend (a consumer that has stopped). */
  readonly live: readonly HealthCheck[];
  /** What the process needs to do its work (its database, its broker). */
  readonly ready: readonly HealthCheck[];
}

const HEALTH_CHECKS = Symbol('HEALTH_CHECKS');
const timeoutMs = 2_000;

@Controller('health')
class HealthController {
  constructor(@Inject(HEALTH_CHECKS) private readonly checks: HealthChecks) {}

  @Get('live')
  @HttpCode(200)
  live(): Promise<Record<string, unknown>> {
    return answer(this.checks.live);
  }

  @Get('ready')
  @HttpCode(200)
  ready(): Promise<Record<string, unknown>> {
    return answer([...this.checks.live, ...this.checks.ready]);
  }
}

async function answer(checks: readonly HealthCheck[]): Promise<Record<string, unknown>> {
  const results = await Promise.all(checks.map(async ({ name, check }) => {
    const late = new Promise<boolean>((resolve) => setTimeout(resolve, timeoutMs, false).unref());
    const ok = await Promise.race([late, Promise.resolve().then(check)]).catch(() => false);
    return [name, ok ? 'up' : 'down'] as const;
  }));
  const body = { status: results.every(([, state]) => state === 'up') ? 'ok' : 'error', checks: Object.fromEntries(results) };
  if (body.status !== 'ok') throw new ServiceUnavailableException(body);
  return body;
}

/** `/health/live` and `/health/ready`: 200 or 503, each check by name. */
@Module({})
export class HealthModule {
  static forRoot(inject: (abstract new (...args: never[]) => unknown)[], checks: (...injected: never[]) => HealthChecks): DynamicModule {
    return {
      module: HealthModule,
      controllers: [HealthController],
      providers: [{ provide: HEALTH_CHECKS, inject, useFactory: checks as (...injected: unknown[]) => HealthChecks }],
    };
  }
}

/** Whether a database answers. */
export function databaseCheck(database: { $queryRaw: (sql: TemplateStringsArray) => Promise<unknown> }): HealthCheck {
  return { name: 'database', check: () => database.$queryRaw`SELECT 1`.then(() => true) };
}
