// Traces, switched on by OpenTelemetry's standard environment alone. Without it the SDK is not even read from disk.
import { Logger } from '@nestjs/common';
import type { telemetryEnvironment } from '@tradewatch/config';
import type { z } from 'zod';

export type TelemetrySettings = z.infer<z.ZodObject<typeof telemetryEnvironment>>;

let on = false;

/** Whether spans are recorded in this process. */
export function tracingIsOn(): boolean {
  return on;
}

/**
 * Begins to record and export spans where the environment says so: an endpoint (OTEL_EXPORTER_OTLP_ENDPOINT) or an exporter
 * (OTEL_TRACES_EXPORTER) is named, and neither OTEL_SDK_DISABLED=true nor OTEL_TRACES_EXPORTER=none.
 * @param service its name, unless OTEL_SERVICE_NAME says another.
 * @returns what exports the last spans and ends it; null where tracing is off.
 */
export async function startTracing(settings: TelemetrySettings, service: string): Promise<(() => Promise<void>) | null> {
  const named = settings.OTEL_TRACES_EXPORTER ?? (settings.OTEL_EXPORTER_OTLP_ENDPOINT ?? settings.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ? 'otlp' : 'none');
  if (settings.OTEL_SDK_DISABLED || named === 'none') return null;
  const { startSdk } = await import('./tracing-sdk.ts');
  const stop = await startSdk(settings, named, service, (message) => new Logger('tracing').warn(message));
  on = true;
  return async () => {
    on = false;
    await stop();
  };
}
