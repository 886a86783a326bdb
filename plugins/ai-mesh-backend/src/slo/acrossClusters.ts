import {
  known,
  unknown,
  type Measured,
  type ObjectiveAcrossClusters,
  wording,
  wordsOf,
} from '@ai-mesh/plugin-ai-mesh-common';
import { workloadKey } from '../kubernetes/workloads';
import { sharersOf } from '../telemetry';
import { ISTIO } from './dialects/istioDialect';
import { errorBudget, type EventCounts } from './errorBudget';
import type { ClusterSlos, CountedObjective } from './gather/clusterSlos';
import type { EntityOnCluster } from './gather/EntityOnCluster';
import { standing } from './gather/objectiveStatus';

/** An entity on one cluster, and how its objectives stand there. */
export interface GatheredCluster {
  entity: Pick<EntityOnCluster, 'target' | 'series' | 'configured'>;
  slos: Pick<ClusterSlos, 'counted' | 'unread' | 'dialect' | 'clustersAreTold'>;
}

type Counts = (windowSeconds: number) => Measured<EventCounts>;

/**
 * The objectives that are kept on more than one cluster, each with all its events and what every cluster contributes. A
 * cluster that cannot be read makes the whole unknown, whatever the others say: it may be the one that fails.
 */
export function acrossClusters(
  clusters: readonly GatheredCluster[],
): ObjectiveAcrossClusters[] {
  const keys = new Map<string, CountedObjective>();
  for (const { slos } of clusters) {
    for (const one of slos.counted) {
      keys.set(keyOf(one), keys.get(keyOf(one)) ?? one);
    }
  }
  return [...keys].flatMap(([key, example]) => {
    const parts = clusters.flatMap(cluster => partOf(cluster, key, clusters));
    return parts.length > 1 ? [united(example, parts)] : [];
  });
}

function keyOf({ model, planned }: CountedObjective): string {
  return JSON.stringify([model ?? null, planned.objective.id]);
}

interface Part {
  cluster: string;
  counts: Counts;
  exact: boolean;
}

/** What a cluster has of an objective; nothing where it was read and has none. */
function partOf(
  { entity, slos }: GatheredCluster,
  key: string,
  all: readonly GatheredCluster[],
): Part[] {
  const { name } = entity.target.cluster;
  if (slos.unread) {
    const { unread } = slos;
    return [{ cluster: name, counts: () => unread, exact: true }];
  }
  const counted = slos.counted.find(one => keyOf(one) === key);
  if (!counted) {
    return [];
  }
  const { indicator } = counted.status.objective;
  const mixed = mixedUp(
    entity,
    all.map(one => one.entity),
    indicator.kind === 'custom' ? 'custom' : slos.dialect.name,
    slos.clustersAreTold,
  );
  return [
    {
      cluster: name,
      counts: mixed ? () => mixed : counted.counts,
      exact: indicator.kind !== 'latency' || indicator.exact,
    },
  ];
}

/** Why what is counted for the cluster may be another's, where both are the entity's. */
function mixedUp(
  { target, series, configured }: GatheredCluster['entity'],
  all: readonly GatheredCluster['entity'][],
  dialect: string,
  clustersAreTold: boolean,
): Measured<never> | undefined {
  const sharing = sharersOf(target.cluster, configured).map(({ name }) => name);
  const names = namesIn(series, dialect);
  const [other] = all.filter(
    one =>
      sharing.includes(one.target.cluster.name) &&
      [...namesIn(one.series, dialect)].some(name => names.has(name)),
  );
  return other && !(dialect === ISTIO && clustersAreTold)
    ? unknown('no-such-label', [
        wording('slo.sharedPrometheus', { cluster: other.target.cluster.name }),
      ])
    : undefined;
}

/** By what an entity's series are found in a Prometheus. */
function namesIn(
  { services, workloads }: GatheredCluster['entity']['series'],
  dialect: string,
): Set<string> {
  const called = services.map(({ namespace, name }) => `${namespace}/${name}`);
  const pods = workloads.map(workloadKey);
  switch (dialect) {
    case 'custom':
      return new Set([...called, ...pods]);
    case ISTIO:
      return new Set(called);
    default:
      return new Set(pods);
  }
}

function united(
  { model, planned, status }: CountedObjective,
  parts: readonly Part[],
): ObjectiveAcrossClusters {
  const { objective, periodWindow } = planned;
  const { indicator } = status.objective;
  return {
    ...(model !== undefined && { model }),
    objective: {
      ...status.objective,
      ...(indicator.kind === 'latency' && {
        indicator: { ...indicator, exact: parts.every(({ exact }) => exact) },
      }),
    },
    ...standing(planned, window => sum(parts, window)),
    clusters: parts.map(({ cluster, counts }) => {
      const { sli, events, badEvents } = errorBudget(
        counts(periodWindow),
        objective.target,
      );
      return { cluster, sli, events, badEvents };
    }),
  };
}

/** No events on one cluster are none; what could not be counted there could be any number. */
function sum(
  parts: readonly Part[],
  windowSeconds: number,
): Measured<EventCounts> {
  const counted = parts.map(({ cluster, counts }) => ({
    cluster,
    events: counts(windowSeconds),
  }));
  const all = { bad: 0, total: 0 };
  let quiet: Measured<EventCounts> | undefined;
  let busy = false;
  for (const { cluster, events } of counted) {
    if (events.status === 'known') {
      busy = true;
      all.bad += events.value.bad;
      all.total += events.value.total;
    } else if (events.reason === 'no-traffic') {
      quiet = events;
    } else {
      const { message = events.reason, words } = events;
      return unknown(events.reason, [
        wording('slo.ofCluster', { cluster }),
        ...wordsOf({ message, words }),
      ]);
    }
  }
  return busy || !quiet ? known(all) : quiet;
}
