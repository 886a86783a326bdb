import { groupBy } from '../kubernetes/groupBy';
import type { WorkloadObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { relaysOf, type Relay } from '../kubernetes/relays';
import { metricNamesOfPod } from '../kubernetes/workloadOfPod';
import { templateKinds } from '../kubernetes/workloads';
import {
  doesNotMatch,
  escapeRegex,
  noneOf,
  type Matcher,
} from '../prometheus/promql';
import { istioLabels } from './istioLabels';

/**
 * Conditions that keep out what relays pass on to the called side: who called them is reported too. A relay is told by
 * its name; where a workload of another namespace is called alike, and is a caller like any other, by its identity.
 */
export function notRelayed(snapshot: MeshSnapshot): Matcher[] {
  const relays = relaysOf(snapshot);
  const alike = relays.filter(relay => hasNamesake(snapshot, relay, relays));
  const names = relays.filter(relay => !alike.includes(relay));
  return [
    ...(names.length > 0
      ? [
          noneOf(istioLabels.sourceWorkload, [
            ...new Set(names.map(({ name }) => name)),
          ]),
        ]
      : []),
    ...(alike.length > 0
      ? [
          doesNotMatch(
            istioLabels.sourcePrincipal,
            `.*/ns/(${alike.map(identity).join('|')})`,
          ),
        ]
      : []),
  ];
}

function identity({ namespace, account }: Relay): string {
  return `${escapeRegex(namespace)}/sa/${escapeRegex(account)}`;
}

/** Whether a workload that is no relay is called alike in another namespace. */
function hasNamesake(
  snapshot: MeshSnapshot,
  { name }: Relay,
  relays: readonly Relay[],
): boolean {
  const places = [
    ...templateKinds.flatMap(
      kind => groupBy(snapshot.all(kind), nameOf).get(name) ?? [],
    ),
    ...(groupBy(snapshot.all('Pod'), metricNamesOfPod).get(name) ?? []),
  ].map(({ metadata }) => metadata.namespace);
  return places.some(
    namespace =>
      !relays.some(
        relay => relay.name === name && relay.namespace === namespace,
      ),
  );
}

function nameOf({ metadata }: WorkloadObject): string[] {
  return [metadata.name];
}
