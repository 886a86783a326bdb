import { labelSpelt, spelt } from '../../prometheus/metricSpelling';
import type { CounterTemplate, ValueTemplate } from '../../prometheus/series';
import type { QualityGate } from '../gates';
import { countersOfGate } from './qualityQueries';

/** The metrics of a gate that count in any spelling; none where the gate takes names as they are written. */
export function metricsOfGate(gate: QualityGate): string[] {
  if (!gate.anySpelling) {
    return [];
  }
  return gate.kind === 'value'
    ? gate.query.pieces.flatMap(piece =>
        typeof piece === 'object' && 'metrics' in piece ? piece.metrics : [],
      )
    : Object.values(countersOfGate(gate)).flatMap(({ series }) =>
        series.map(({ metric }) => metric),
      );
}

/**
 * A gate by the names that a version's pods export, one for each of its metrics: two of one metric would count its events
 * twice. What is not exported keeps its documented name.
 */
export function inSpelling<T extends QualityGate>(
  gate: T,
  names: ReadonlySet<string>,
): T {
  if (!gate.anySpelling) {
    return gate;
  }
  const spelled = (metrics: readonly string[]) =>
    metrics.flatMap(metric => spelt(metric, names))[0] ?? metrics[0];
  const counter = ({ series }: CounterTemplate): CounterTemplate => ({
    series: series.map(one => ({ ...one, metric: spelled([one.metric]) })),
  });
  const value = ({ pieces, ...rest }: ValueTemplate): ValueTemplate => ({
    ...rest,
    pieces: pieces.map(piece => {
      if (typeof piece !== 'object' || !('metrics' in piece)) {
        return piece;
      }
      const metric = spelled(piece.metrics);
      return {
        metrics: [metric],
        matchers: piece.matchers.map(matcher => ({
          ...matcher,
          label: labelSpelt(matcher.label, metric),
        })),
      };
    }),
  });
  return {
    ...gate,
    ...Object.fromEntries(
      Object.entries(countersOfGate(gate)).map(([role, template]) => [
        role,
        counter(template),
      ]),
    ),
    ...(gate.kind === 'value' && { query: value(gate.query) }),
  };
}
