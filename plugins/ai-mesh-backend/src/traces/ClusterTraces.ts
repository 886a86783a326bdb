import {
  known,
  said,
  unknown,
  wording,
  type Measured,
  type Source,
  type Trace,
  type Words,
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
/** As many names are told that were looked for. */
const NAMED = 3;
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
    const why = [wording('trace.noSystem', { cluster: cluster.name })];
    return {
      ...nothing(unknown('not-configured', why)),
      source: { ...source, status: 'not-configured', ...said(...why) },
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
): Words[] {
  if (names.length === 0) {
    return [wording('trace.knowsNone')];
  }
  const more = candidates.length - NAMED;
  const called = wording(
    more > 0 ? 'trace.noneCalledOrMore' : 'trace.noneCalled',
    {
      count: names.length,
      names: candidates.slice(0, NAMED).join(', '),
      ...(more > 0 && { more }),
    },
  );
  const [workload] = workloads;
  return workload === undefined
    ? [called]
    : [
        called,
        wording(
          unasked > 0 ? 'trace.noneOfWorkloadAsked' : 'trace.noneOfWorkload',
          { workload: workload.name, unasked },
        ),
      ];
}
