import {
  known,
  said,
  unknown,
  type ApplicationBreakers,
  type Measured,
  type Slos,
  wording,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ClusterSlos } from './gather/clusterSlos';
import { dialectRemarks } from './gather/dialectNotes';

type Merged = Pick<Slos, 'dialect' | 'recordingRules' | 'applicationBreakers'>;

const WORST_FIRST: Slos['recordingRules']['status'][] = [
  'outdated',
  'partly-read',
  'unknown',
  'absent',
  'read',
];

/** What is said of an entity as a whole, from what is said of it on each cluster. */
export function mergeClusters(clusters: readonly ClusterSlos[]): Merged {
  const [first] = clusters.filter(({ dialect }) => dialect.name !== 'none');
  const chosen = (first ?? clusters[0])?.dialect;
  return {
    dialect: chosen
      ? {
          ...chosen,
          ...dialectRemarks([
            ...clusters.flatMap(({ dialect }) => dialect.noteWords ?? []),
            ...clusters
              .filter(({ dialect }) => dialect.name !== chosen.name)
              .map(({ dialect, telemetry }) =>
                wording('dialect.elsewhere', {
                  cluster: telemetry.source.cluster ?? '',
                  dialect: dialect.name,
                }),
              ),
          ]),
        }
      : {
          name: 'none',
          chosenBy: 'detected',
          alsoPresent: [],
          ...dialectRemarks([]),
        },
    recordingRules: WORST_FIRST.flatMap(status =>
      clusters
        .map(({ recordingRules }) => recordingRules)
        .filter(one => one.status === status),
    )[0] ?? {
      status: 'absent',
      ...said(wording('recording.nowhere')),
    },
    applicationBreakers: mergeBreakers(
      clusters.map(({ breakers }) => breakers),
    ),
  };
}

function mergeBreakers(
  all: readonly ApplicationBreakers[],
): ApplicationBreakers {
  return {
    breakers: merge(
      all.map(({ breakers }) => breakers),
      lists => lists.flat(),
    ),
    fallbacksPerSecond: merge(
      all.map(({ fallbacksPerSecond }) => fallbacksPerSecond),
      rates => rates.reduce((sum, rate) => sum + rate, 0),
    ),
  };
}

/** Of those that are known; where none is, why. A source that failed makes a sum unknown: a part of it would mislead. */
function merge<T>(
  all: readonly Measured<T>[],
  combine: (values: T[]) => T,
): Measured<T> {
  const values = all.flatMap(one =>
    one.status === 'known' ? [one.value] : [],
  );
  const failed = all.find(
    one => one.status === 'unknown' && one.reason !== 'not-exported',
  );
  if (failed) {
    return failed;
  }
  return values.length > 0
    ? known(combine(values))
    : (all[0] ?? unknown('not-configured', [wording('slo.nothingFound')]));
}
