// The OpenTelemetry SDK, put together. Loaded only where tracing is on (tracing.ts). It imports nothing that the rest of a process
// imports, the API apart: what both need would be bundled into a file that is evaluated before the process's own first line.
import { context, diag, DiagLogLevel, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { defaultResource, detectResources, envDetector, hostDetector, processDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler, AlwaysOnSampler, BatchSpanProcessor, ConsoleSpanExporter, ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider, type Sampler, type SpanExporter,
} from '@opentelemetry/sdk-trace';
import { traceOutgoingHttp } from './outgoing-http-spans.ts';
import type { TelemetrySettings } from './tracing.ts';

/** A collector that does not answer must not hold a process back that is asked to stop, ms. */
const lastSpansMs = 2_000;
const tellAgainMs = 60_000;

/** @param warn told, at most once a minute, that spans cannot be exported. @returns what exports the last spans and ends it. */
export async function startSdk(settings: TelemetrySettings, exporter: 'otlp' | 'console', service: string, warn: (message: string) => void): Promise<() => Promise<void>> {
  tellTrouble(warn);
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': service, 'service.namespace': 'tradewatch' }))
    .merge(detectResources({ detectors: [hostDetector, processDetector, envDetector] }))
    .merge(resourceFromAttributes(settings.OTEL_SERVICE_NAME ? { 'service.name': settings.OTEL_SERVICE_NAME } : {}));
  await resource.waitForAsyncAttributes?.();
  const provider = new TracerProvider({
    resource,
    sampler: samplerOf(settings),
    spanProcessors: [new BatchSpanProcessor({
      exporter: exporter === 'console' ? new ConsoleSpanExporter() : await otlpExporter(settings),
      scheduledDelayMillis: settings.OTEL_BSP_SCHEDULE_DELAY,
      maxQueueSize: settings.OTEL_BSP_MAX_QUEUE_SIZE,
      maxExportBatchSize: Math.min(settings.OTEL_BSP_MAX_EXPORT_BATCH_SIZE, settings.OTEL_BSP_MAX_QUEUE_SIZE),
    })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  const endOutgoing = traceOutgoingHttp();
  return async () => {
    endOutgoing();
    await Promise.race([provider.shutdown().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, lastSpansMs).unref())]);
    for (const api of [trace, context, propagation]) api.disable();
  };
}

/** Endpoint, headers, timeouts, compression and certificates are read from the environment by the exporter itself. */
async function otlpExporter({ OTEL_EXPORTER_OTLP_TRACES_PROTOCOL, OTEL_EXPORTER_OTLP_PROTOCOL }: TelemetrySettings): Promise<SpanExporter> {
  const json = (OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ?? OTEL_EXPORTER_OTLP_PROTOCOL) === 'http/json';
  const { OTLPTraceExporter } = json ? await import('@opentelemetry/exporter-trace-otlp-http') : await import('@opentelemetry/exporter-trace-otlp-proto');
  return new OTLPTraceExporter();
}

function samplerOf({ OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: ratio }: TelemetrySettings): Sampler {
  const root = name.endsWith('always_on') ? new AlwaysOnSampler() : name.endsWith('always_off') ? new AlwaysOffSampler() : new TraceIdRatioBasedSampler(ratio);
  return name.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root;
}

/** A collector that is out costs spans and nothing else: one line a minute. */
function tellTrouble(warn: (message: string) => void): void {
  let toldAt = -Infinity;
  const tell = (message: string): void => {
    if (performance.now() - toldAt < tellAgainMs) return;
    toldAt = performance.now();
    warn(`spans could not be exported: ${message.slice(0, 300)}`);
  };
  const silent = (): void => undefined;
  diag.setLogger({ error: tell, warn: silent, info: silent, debug: silent, verbose: silent }, { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true });
}
