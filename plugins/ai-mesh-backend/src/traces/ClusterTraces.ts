import {
  known,
  unknown,
  type Measured,
  type Source,
  type Trace,
} from '@ai-mesh/plugin-ai-mesh-common';
import { SourceError } from '../target/SourceError';
import type { ClusterTarget } from '../target/Target';
import type { FoundTraces, TraceSearch, TracingClient } from '../tracing';
import { readTrace } from './readTrace';
import { tracingNames } from './tracingNames';

/** How many of the newest are looked through for the slowest. */
const LOOKED_THROUGH = 100;
const MOST_FAILED = 20;
/** An entity of many services must not ask without end. */
const MOST_SERVICES = 4;

/** One cluster's part of an answer. */
export interface ClusterTraces {
  cluster: string;
  names: string[];
  slowest: Measured<Trace[]>;
  failed: Measured<Trace[]>;
  complete: boolean;
  source: Source;
}

export interface TraceQuestion {
  model?: string;
  slowerThanMs?: number;
  start: Date;
  end: Date;
}

/** Asks one cluster's tracing system: for its services' names, then twice for each of the entity's. */
export async function clusterTraces(
  { cluster, snapshot, services }: ClusterTarget,
  question: TraceQuestion,
): Promise<ClusterTraces> {
  const source = { name: 'tracing' as const, cluster: cluster.name };
  const nothing = (why: Measured<never>) => ({
    cluster: cluster.name,
    names: [],
    slowest: why,
    failed: why,
    complete: true,
  });
  const { tracing } = cluster;
  if (!tracing) {
    const message = `No tracing system is configured for the cluster '${cluster.name}': set aiMesh.clusters[].tracing.url.`;
    return {
      ...nothing(unknown('not-configured', message)),
      source: { ...source, status: 'not-configured', message },
    };
  }
  try {
    const all = await tracing.services();
    const candidates = services.flatMap(service =>
      tracingNames(snapshot, service),
    );
    const present = new Set(all.names);
    const names = [...new Set(candidates)]
      .filter(name => present.has(name))
      .slice(0, MOST_SERVICES);
    const observed = {
      ...source,
      status: 'ok' as const,
      observedAt: all.observedAt.toISOString(),
    };
    if (names.length === 0) {
      return {
        ...nothing(
          unknown('not-exported', noSuchService(candidates, all.names)),
        ),
        source: observed,
      };
    }
    return {
      cluster: cluster.name,
      names,
      ...(await search(cluster.name, tracing, names, question)),
      source: observed,
    };
  } catch (error) {
    if (!(error instanceof SourceError)) {
      throw error;
    }
    return {
      ...nothing(unknown(error.reason, error.message)),
      source: {
        ...source,
        status: error.reason === 'forbidden' ? 'forbidden' : 'unreachable',
        message: error.message,
      },
    };
  }
}

async function search(
  cluster: string,
  tracing: TracingClient,
  names: readonly string[],
  { model, slowerThanMs, start, end }: TraceQuestion,
) {
  const ofModel = model === undefined ? undefined : { 'ai.model': model };
  const ask = (more: Partial<TraceSearch> & Pick<TraceSearch, 'limit'>) =>
    Promise.all(
      names.map(service => tracing.find({ service, start, end, ...more })),
    );
  const [slow, failed] = await Promise.all([
    ask({ tags: ofModel, minDurationMs: slowerThanMs, limit: LOOKED_THROUGH }),
    ask({ tags: { error: 'true', ...ofModel }, limit: MOST_FAILED }),
  ]);
  const context = {
    cluster,
    own: new Set(names),
    urlOf: (traceId: string) => tracing.urlOf(traceId),
  };
  const read = (found: readonly FoundTraces[]) =>
    [
      ...new Map(
        found
          .flatMap(({ traces }) => traces)
          .filter(({ spans }) => spans.length > 0)
          .map(trace => [trace.traceId, trace]),
      ).values(),
    ].map(trace => readTrace(trace, context));
  return {
    slowest: known(read(slow)),
    failed: known(read(failed)),
    complete: slow.every(({ traces }) => traces.length < LOOKED_THROUGH),
  };
}

function noSuchService(
  candidates: readonly string[],
  names: readonly string[],
): string {
  return names.length === 0
    ? 'The tracing system knows no service yet. Does a Telemetry object turn tracing on, and is anything sampled?'
    : `The tracing system knows ${names.length} services, but none called ${candidates.slice(0, 3).join(', ')}.`;
}
