import { le } from '../../prometheus/promql';
import { printed, type SliQuery } from '../../prometheus/series/SliQuery';
import type { Series } from '../signals/Signal';
import { boundsOf, type OwnSeries } from './OwnSeries';

/**
 * The only way from a document's query to series that Prometheus is asked for: printed from what was read, every selector
 * with all conditions that confine it. None where nothing of the metric can be the entity's own.
 */
export function confinedSeries(query: SliQuery, own: OwnSeries): Series[] {
  return query.flatMap(({ metric, matchers, bucket }) =>
    boundsOf(metric, own).map(confine => ({
      metric,
      matchers: [
        ...matchers.map(printed),
        ...confine,
        ...(bucket === undefined ? [] : [le(bucket)]),
      ],
    })),
  );
}
