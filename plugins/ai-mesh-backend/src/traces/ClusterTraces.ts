import {
  known,
  unknown,
  type Measured,
  type Source,
  type Trace,
} from '@ai-mesh/plugin-ai-mesh-common';
import { SourceError } from '../target/SourceError';
import type { ClusterTarget } from '../target/Target';
import {
  isOfService,
  type FoundTraces,
  type TracedService,
  type TracingClient,
} from '../tracing';
import { readTrace } from './readTrace';
import { tracingNames } from './tracingNames';

/** How many of the newest are looked through for the slowest. */
const LOOKED_THROUGH = 100;
const MOST_FAILED = 20;
/** How many of each a screen shows. */
export const SHOWN = 10;

/** One cluster's part of an answer. */
export interface ClusterTraces {
  cluster: string;
  names: string[];
  slowest: Measured<Trace[]>;
  failed: Measured<Trace[]>;
  complete: boolean;
  failedComplete: boolean;
  source: Source;
}

export interface TraceQuestion {
  model?: string;
  slowerThanMs?: number;
  start: Date;
  end: Date;
}

/** Asks one cluster's tracing system twice: for the slow traces, and for those that failed. */
export async function clusterTraces(
  { cluster, snapshot, services, workloads }: ClusterTarget,
  question: TraceQuestion,
): Promise<ClusterTraces> {
  const source = { name: 'tracing' as const, cluster: cluster.name };
  const nothing = (why: Measured<never>) => ({
    cluster: cluster.name,
    names: [],
    slowest: why,
    failed: why,
    complete: true,
    failedComplete: true,
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
    const of = {
      names: [...new Set(services.flatMap(one => tracingNames(snapshot, one)))],
      workloads,
    };
    const { slow, failed } = await search(tracing, of, question);
    const observed = {
      ...source,
      status: 'ok' as const,
      observedAt: slow.observedAt.toISOString(),
    };
    const names = [...new Set([...slow.names, ...failed.names])];
    if (names.length === 0) {
      const all = await tracing.services(question);
      const present = of.names.filter(name => all.names.includes(name));
      if (present.length === 0) {
        return {
          ...nothing(
            unknown('not-exported', noSuchService(of, all.names, slow.unasked)),
          ),
          source: observed,
        };
      }
      names.push(...present);
    }
    const context = {
      cluster: cluster.name,
      isOwn: isOfService(of),
      urlOf: (traceId: string) => tracing.urlOf(traceId),
    };
    const read = ({ traces }: FoundTraces) =>
      known(traces.map(trace => readTrace(trace, context)));
    return {
      cluster: cluster.name,
      names,
      slowest: read(slow),
      failed: read(failed),
      complete: slow.complete,
      failedComplete: failed.complete && failed.traces.length < SHOWN,
      source: observed,
    };
  } catch (error) {
    if (!(error instanceof SourceError)) {
      throw error;
    }
    return {
      ...nothing(unknown(error.reason, error.why)),
      source: {
        ...source,
        status: error.reason === 'forbidden' ? 'forbidden' : 'unreachable',
        ...error.sentences,
      },
    };
  }
}

async function search(
  tracing: TracingClient,
  of: TracedService,
  { model, slowerThanMs, start, end }: TraceQuestion,
): Promise<{ slow: FoundTraces; failed: FoundTraces }> {
  const [slow, failed] = await Promise.all([
    tracing.find({
      of,
      model,
      start,
      end,
      minDurationMs: slowerThanMs,
      limit: LOOKED_THROUGH,
      wanted: { most: SHOWN, by: 'duration' },
    }),
    tracing.find({
      of,
      model,
      start,
      end,
      failedOnly: true,
      limit: MOST_FAILED,
      wanted: { most: SHOWN, by: 'start' },
    }),
  ]);
  return { slow, failed };
}

function noSuchService(
  { names: candidates, workloads }: TracedService,
  names: readonly string[],
  unasked = 0,
): string {
  return names.length === 0
    ? 'The tracing system knows no service yet. Does a Telemetry object turn tracing on, and is anything sampled?'
    : `The tracing system knows ${names.length} services, but none called ${candidates.slice(0, 3).join(', ')}${candidates.length > 3 ? ` or by ${candidates.length - 3} more names` : ''}${workloads.length > 0 ? `, and none of the workload ${workloads[0].name}${unasked > 0 ? ` among those that were asked (${unasked} were not, since they are called otherwise)` : ''}` : ''}.`;
}
