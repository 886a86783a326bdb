import {
  K8S_NAMESPACE,
  MODEL_ATTRIBUTES,
  SERVICE_NAME,
  workloadAttribute,
} from './attributes';
import type { TraceSearch } from './TracingClient';

/**
 * A search in TraceQL: one span of the service that meets every condition. Every value from outside goes through one
 * function that quotes it; undefined where nothing tells the service.
 *
 * @see https://grafana.com/docs/tempo/latest/traceql/
 */
export function traceql({
  of,
  model,
  failedOnly,
  minDurationMs,
}: Pick<TraceSearch, 'of' | 'model' | 'failedOnly' | 'minDurationMs'>):
  string | undefined {
  const ofService = [
    ...of.names.map(name => equals('resource', SERVICE_NAME, name)),
    ...of.workloads.map(({ kind, namespace, name }) =>
      all([
        equals('resource', K8S_NAMESPACE, namespace),
        equals('resource', workloadAttribute(kind), name),
      ]),
    ),
  ];
  if (ofService.length === 0) {
    return undefined;
  }
  return `{ ${all([
    any(ofService),
    ...(model === undefined
      ? []
      : [any(MODEL_ATTRIBUTES.map(name => equals('span', name, model)))]),
    // What came by Zipkin's or Jaeger's protocol may have kept its tag.
    ...(failedOnly
      ? [any(['status = error', 'span.error = true', 'span.error = "true"'])]
      : []),
    ...(minDurationMs === undefined
      ? []
      : [`duration >= ${Math.round(minDurationMs * 1000)}us`]),
  ])} }`;
}

function equals(
  scope: 'resource' | 'span',
  attribute: string,
  value: string,
): string {
  return `${scope}.${attribute} = ${quoteTraceql(value)}`;
}

function all(conditions: readonly string[]): string {
  return conditions.length === 1
    ? conditions[0]
    : `(${conditions.join(' && ')})`;
}

function any(conditions: readonly string[]): string {
  return conditions.length === 1
    ? conditions[0]
    : `(${conditions.join(' || ')})`;
}

/**
 * A TraceQL string. Its escapes are Go's (Tempo's `pkg/traceql/lexer.go`), of which JSON's are a part; half a surrogate
 * pair can be no attribute's value.
 */
export function quoteTraceql(value: string): string {
  return JSON.stringify(value.replace(/\p{Surrogate}/gu, '\ufffd'));
}
