import {
  known,
  tracesSchema,
  type Trace,
  type Traces,
} from '@ai-mesh/plugin-ai-mesh-common';
import { answer, CLUSTER, OBSERVED_AT } from './answers';

/** A call of a model that was tried again and then failed. */
export function trace(change: Partial<Trace> = {}): Trace {
  return {
    cluster: CLUSTER,
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    startedAt: OBSERVED_AT,
    durationMs: 6400,
    serviceDurationMs: 6200,
    failed: true,
    models: ['swift-chat-3.5'],
    requestTypes: ['chat'],
    spans: [
      {
        spanId: 'a',
        depth: 0,
        service: 'ai-chat-service.ai-services',
        operation: 'ai-chat-service:8080/*',
        side: 'server',
        startMs: 0,
        durationMs: 6200,
        failed: true,
        status: '504',
        retries: 0,
      },
      {
        spanId: 'b',
        parentSpanId: 'a',
        depth: 1,
        service: 'ai-chat-service.ai-services',
        operation: 'llm-gateway-service:8080/*',
        side: 'client',
        startMs: 25,
        durationMs: 6100,
        failed: true,
        status: '504',
        flags: 'UT',
        retries: 2,
        model: 'swift-chat-3.5',
      },
    ],
    spansTotal: 9,
    url: 'https://jaeger.example.com/trace/4bf92f3577b34da6a3ce929d0e0e4736',
    ...change,
  };
}

/** What a tracing system has of the demo's chat service. */
export function traces(change: Partial<Traces> = {}): Traces {
  const { queries: _, ...rest } = answer();
  return tracesSchema.parse({
    ...rest,
    window: '1h',
    services: [{ cluster: CLUSTER, names: ['ai-chat-service.ai-services'] }],
    slowest: known([trace()]),
    failed: known([]),
    complete: true,
    failedComplete: true,
    ...change,
  } satisfies Traces);
}
