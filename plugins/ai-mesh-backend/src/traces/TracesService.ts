import {
  known,
  unknown,
  windowSeconds as secondsOf,
  wording,
  type Measured,
  type Trace,
  type Traces,
  type TracesRequest,
} from '@ai-mesh/plugin-ai-mesh-common';
import { searchedSources } from '../target/searchedSources';
import type { Target } from '../target/Target';
import { clusterTraces, SHOWN, type ClusterTraces } from './ClusterTraces';

/** The traces of an entity's services that are worth a look. */
export class TracesService {
  /** Never rejects for a source that fails: its row in `sources` says so. */
  async traces(
    target: Target,
    { window, model, slowerThanMs }: TracesRequest,
    { now }: { now: Date },
  ): Promise<Traces> {
    const start = new Date(now.getTime() - secondsOf[window] * 1000);
    const clusters = await Promise.all(
      target.clusters
        .filter(({ services }) => services.length > 0)
        .map(cluster =>
          clusterTraces(cluster, { model, slowerThanMs, start, end: now }),
        ),
    );
    return {
      entityRef: target.entityRef,
      window,
      ...(model !== undefined && { model }),
      ...(slowerThanMs !== undefined && { slowerThanMs }),
      observedAt: now.toISOString(),
      resolution: target.resolution,
      services: clusters.map(({ cluster, names }) => ({ cluster, names })),
      slowest: together(
        clusters,
        'slowest',
        (a, b) => b.serviceDurationMs - a.serviceDurationMs,
      ),
      failed: together(clusters, 'failed', (a, b) =>
        b.startedAt.localeCompare(a.startedAt),
      ),
      complete: clusters.every(({ complete }) => complete),
      failedComplete:
        clusters.every(({ failedComplete }) => failedComplete) &&
        clusters.reduce((sum, { failed }) => sum + countOf(failed), 0) <= SHOWN,
      sources: [
        ...searchedSources(target),
        ...clusters.map(({ source }) => source),
      ],
    };
  }
}

function countOf(traces: Measured<Trace[]>): number {
  return traces.status === 'known' ? traces.value.length : 0;
}

/** What some cluster knows is known; where none does, the first says why. */
function together(
  clusters: readonly ClusterTraces[],
  part: 'slowest' | 'failed',
  order: (a: Trace, b: Trace) => number,
): Measured<Trace[]> {
  const parts = clusters.map(cluster => cluster[part]);
  if (!parts.some(({ status }) => status === 'known')) {
    return parts[0] ?? unknown('not-exported', [wording('trace.noService')]);
  }
  return known(
    parts
      .flatMap(one => (one.status === 'known' ? one.value : []))
      .sort(order)
      .slice(0, SHOWN),
  );
}
