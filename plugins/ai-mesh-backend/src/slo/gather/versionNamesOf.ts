import { addTo } from '../../kubernetes/addTo';
import { isGatewayWorkload } from '../../kubernetes/gatewayWorkloads';
import { isRelay } from '../../kubernetes/relays';
import {
  canonicalRevision,
  serviceMembers,
  type ServiceMember,
} from '../../kubernetes/serviceMembers';
import { workloadObject } from '../../kubernetes/workloads';
import type { ClusterTarget } from '../../target/Target';
import {
  istioLabels,
  rowVersions,
  versionName,
  type RateRow,
} from '../../telemetry';
import { INVENTORY_LABEL } from '../dialects/inventoryQuery';
import { ISTIO } from '../dialects/istioDialect';
import { NAMELESS_MODEL } from '../dialects/modelIdentity';
import type { VersionName } from '../dialects/versionNames';

/**
 * What the versions of an entity's services are called that Istio's series name otherwise: sidecars report the label
 * `version`, ambient's proxies the canonical revision, and where both do, one version would be two.
 *
 * - A workload whose selector names the version never ran another one: all of its series are that version's, of earlier
 *   releases too.
 * - Of others, what the last 24 h have seen, told as {@link rowVersions} tells it. A version without a name is one with
 *   a name only where both are seen of the workload: what a sidecar calls `unknown` may be of many releases.
 * - What a waypoint or a gateway took on its way reached no version yet.
 *
 * @param rows - the answer to the inventory's question
 */
export function versionNamesOf(
  { snapshot, services }: ClusterTarget,
  rows: readonly RateRow[],
): VersionName[] {
  const members = new Map<string, ServiceMember[]>();
  for (const { namespace, name } of services) {
    const service = snapshot.get('Service', namespace, name);
    for (const member of service ? serviceMembers(snapshot, service) : []) {
      addTo(members, namespace, member);
    }
  }
  const isPassedOn = (workload: { namespace: string; name: string }) =>
    isRelay(snapshot, workload) || isGatewayWorkload(snapshot, workload);
  const places = new Set(services.map(({ namespace }) => namespace));
  const only = places.size === 1 ? [...places][0] : undefined;
  const seen = byWorkload(
    rows.filter(({ labels }) => labels[INVENTORY_LABEL] === ISTIO),
    only,
  );
  const pinned = [...members].flatMap(([namespace, some]) =>
    pinnedVersions(some, member =>
      Boolean(
        workloadObject(snapshot, member.workload)?.spec?.selector?.matchLabels
          ?.version,
      ),
    ).map(one => ({ ...one, namespace })),
  );
  const isPinned = new Set(pinned.map(keyOf));
  const readers = new Map(
    [...members].map(([namespace, some]) => [
      namespace,
      rowVersions(some, isPassedOn),
    ]),
  );
  const nobodys = rowVersions([], isPassedOn);
  const told = seen
    .filter(one => !isPinned.has(keyOf(one)))
    .flatMap(one => renamed(one, readers.get(one.namespace) ?? nobodys));
  return [...pinned, ...told].map(({ namespace, ...one }) => ({
    ...one,
    namespaces: namespace === only ? [namespace, ''] : [namespace],
  }));
}

type Told = Omit<VersionName, 'namespaces'> & { namespace: string };

/** What was seen of a workload. */
interface SeenWorkload {
  namespace: string;
  workload: string;
  /** By what its version is reported as. */
  rows: Map<string, RateRow>;
}

/** @param only - the namespace of series that name none */
function byWorkload(
  rows: readonly RateRow[],
  only: string | undefined,
): SeenWorkload[] {
  const seen = new Map<string, SeenWorkload>();
  for (const row of rows) {
    const { labels } = row;
    const namespace =
      labels[istioLabels.destinationWorkloadNamespace] || only || '';
    const workload = labels[istioLabels.destinationWorkload] ?? '';
    const key = keyOf({ namespace, workload });
    const one = seen.get(key) ?? { namespace, workload, rows: new Map() };
    one.rows.set(labels[istioLabels.destinationVersion] ?? '', row);
    seen.set(key, one);
  }
  return [...seen.values()];
}

function keyOf({ namespace, workload }: Omit<Told, 'name'>): string {
  return `${namespace}/${workload}`;
}

/** The versions that workloads are pinned to and that their metrics may name otherwise. */
function pinnedVersions(
  members: readonly ServiceMember[],
  isPinned: (member: ServiceMember) => boolean,
): Omit<VersionName, 'namespaces'>[] {
  const runs = new Map<string, ServiceMember[]>();
  for (const member of members) {
    for (const name of member.metricNames) {
      addTo(runs, name, member);
    }
  }
  return [...runs].flatMap(([workload, some]) => {
    const [name, ...others] = new Set(some.map(versionName));
    return others.length === 0 &&
      some.every(isPinned) &&
      some.some(({ labels }) => canonicalRevision(labels) !== name)
      ? [{ workload, name }]
      : [];
  });
}

function renamed(
  { namespace, workload, rows }: SeenWorkload,
  versionOf: (row: RateRow) => string | undefined,
): Told[] {
  const reports = new Set([...rows.keys()].map(orNameless));
  return [...rows].flatMap(([reported, row]) => {
    const found = versionOf(row);
    const name = orNameless(found);
    const areNamed = [name, reported].every(
      one => orNameless(one) !== NAMELESS_MODEL,
    );
    return name !== orNameless(reported) &&
      (areNamed || reports.has(name) || found === undefined)
      ? [{ namespace, workload, reported, name }]
      : [];
  });
}

function orNameless(version: string | undefined): string {
  return version || NAMELESS_MODEL;
}
