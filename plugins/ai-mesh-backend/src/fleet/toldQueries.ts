import type { QueryTrace } from '@ai-mesh/plugin-ai-mesh-common';
import { oneOf, type Expr } from '../prometheus/promql';
import { questionShape } from '../prometheus/shared/questionShape';
import { istioLabels } from '../telemetry/istioLabels';

const { destinationServiceNamespace: NAMESPACE } = istioLabels;
/** Stands for every namespace that is not named. */
const HIDDEN = 'hidden';
/** Of a text that was cut off within a condition. */
const CUT_OFF = new RegExp(`${NAMESPACE}=~?"(?:[^"\\\\]|\\\\.)*$`);

/**
 * Queries as they may be shown: of a mesh that is asked about some namespaces at a time they name all of them, also those
 * where a reader sees nothing.
 *
 * @param seen - the namespaces where the reader sees something
 */
export function toldQueries(
  queries: readonly QueryTrace[],
  seen: ReadonlySet<string>,
): QueryTrace[] {
  return queries.map(query => ({
    ...query,
    promql: toldPromql(query.promql, seen),
  }));
}

function toldPromql(promql: string, seen: ReadonlySet<string>): string {
  const pieces: string[] = [];
  let done = 0;
  for (const { label, values, from, to } of questionShape(promql as Expr)
    .named) {
    if (label === NAMESPACE && !values.every(value => seen.has(value))) {
      const told = values.map(value => (seen.has(value) ? value : HIDDEN));
      pieces.push(promql.slice(done, from), oneOf(label, told));
      done = to;
    }
  }
  return [...pieces, promql.slice(done)]
    .join('')
    .replace(CUT_OFF, `${NAMESPACE}=~"…`);
}
