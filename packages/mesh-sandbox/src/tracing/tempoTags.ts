import { attributesOf } from './otlpTrace';
import { resourceOf } from './resourceOf';
import { fieldsOf } from './TempoSearch';
import { Field, InvalidTraceQl, parseTraceQl, SpanFilter } from './traceQl';
import { Trace } from './TraceStore';

/** Names that may be searched for, by scope; `scope` leaves the others out. */
export function tagNames(
  traces: Iterable<Trace>,
  scope: unknown,
): { name: string; tags: string[] }[] {
  const resource = new Set<string>();
  const span = new Set<string>();
  for (const { spans } of traces) {
    for (const one of spans) {
      resourceOf(one).forEach(([key]) => resource.add(key));
      attributesOf(one).forEach(([key]) => span.add(key));
    }
  }
  return [
    { name: 'resource', tags: [...resource].sort() },
    { name: 'span', tags: [...span].sort() },
    { name: 'intrinsic', tags: ['duration', 'kind', 'name', 'status'] },
  ].filter(({ name }) => !scope || scope === 'all' || scope === name);
}

/** Values of a field; a query narrows them, and one that cannot be read does not, as in Tempo. */
export function tagValues(
  traces: Iterable<Trace>,
  name: string,
  query: string,
): { type: string; value: string }[] {
  const field = fieldNamed(name);
  const fits = filterOf(query);
  const values = new Set<string>();
  for (const trace of traces) {
    for (const span of trace.spans) {
      const fieldOf = fieldsOf(trace, span);
      const value = field && fits(fieldOf) ? fieldOf(field) : undefined;
      if (value !== undefined) {
        values.add(String(value));
      }
    }
  }
  const type =
    field?.scope === 'intrinsic' && field.name !== 'name'
      ? 'keyword'
      : 'string';
  return [...values].sort().map(value => ({ type, value }));
}

function fieldNamed(name: string): Field | undefined {
  try {
    return parseTraceQl(`{} | select(${name})`).fields[0];
  } catch (error) {
    if (error instanceof InvalidTraceQl) {
      return undefined;
    }
    throw error;
  }
}

function filterOf(query: string): SpanFilter {
  try {
    return query === '' ? () => true : parseTraceQl(query).filters[0];
  } catch (error) {
    if (error instanceof InvalidTraceQl) {
      return () => true;
    }
    throw error;
  }
}
