import { Workload } from '../mesh';
import { MeshRequest } from './messages';
import { Random } from './Random';
import {
  NOT_SAMPLED,
  parseTraceHeader,
  SpanContext,
  TRACE_HEADER,
  traceHeader,
} from './SpanContext';
import { TrafficContext } from './TrafficContext';

/**
 * The request as a workload's proxy sends it on: with a span of the proxy's own where it is traced. The first proxy
 * decides by chance; the others follow what the header says, which applications pass along.
 */
export function withSpan(
  { meshOf, tracingRandom: random }: TrafficContext,
  workload: Workload,
  request: MeshRequest,
): MeshRequest {
  const settings = meshOf(workload).tracing.of(workload);
  if (!settings) {
    return request.span ? { ...request, span: undefined } : request;
  }
  const header = request.headers[TRACE_HEADER];
  if (header === undefined) {
    return random.chance(settings.samplingPercent / 100)
      ? inSpan(request, {
          traceId: identifier(random, 4),
          spanId: identifier(random, 2),
        })
      : {
          ...request,
          headers: { ...request.headers, [TRACE_HEADER]: NOT_SAMPLED },
        };
  }
  const parent = parseTraceHeader(header);
  if (!parent) {
    return request;
  }
  return settings.reports
    ? inSpan(request, { ...parent, spanId: identifier(random, 2) })
    : { ...request, span: undefined };
}

function inSpan(request: MeshRequest, span: SpanContext): MeshRequest {
  return {
    ...request,
    span,
    headers: { ...request.headers, [TRACE_HEADER]: traceHeader(span) },
  };
}

/** @param words - of eight hexadecimal digits */
function identifier(random: Random, words: number): string {
  let text = '';
  for (let i = 0; i < words; i += 1) {
    text += random.integer(0x100000000).toString(16).padStart(8, '0');
  }
  return text;
}
