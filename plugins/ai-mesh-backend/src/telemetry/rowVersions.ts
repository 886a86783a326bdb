import {
  canonicalRevision,
  type ServiceMember,
} from '../kubernetes/serviceMembers';
import { istioLabels, named } from './istioLabels';
import type { NamespacedName } from './TrafficScope';
import type { RateRow } from './RateRow';

/**
 * What a member's version is called: by the label that subsets select by, else as Istio calls its revision; empty for a
 * pod that no label tells the version of.
 */
export function versionName({ labels }: Pick<ServiceMember, 'labels'>): string {
  return labels.version ?? withoutDefault(canonicalRevision(labels));
}

/** Istio calls a revision so that nobody has named. */
function withoutDefault(revision: string): string {
  return revision === 'latest' ? '' : revision;
}

/**
 * Tells which version of a Service answered, by whatever a row says of it: sidecars report the label `version`,
 * ambient's proxies the canonical revision, and both the workload's name.
 *
 * @param isGateway - a gateway that answers for a service is on the way to it, and no version of it
 * @returns undefined for a request that reached no version, and for a row that says nothing of it
 */
export function rowVersions(
  members: readonly ServiceMember[],
  isGateway: (workload: NamespacedName) => boolean,
): (row: RateRow) => string | undefined {
  const byReported = new Map<string, Set<string>>();
  const byWorkload = new Map<string, Set<string>>();
  for (const member of members) {
    const name = versionName(member);
    const { labels, metricNames } = member;
    add(byReported, canonicalRevision(labels), name);
    if (labels.version !== undefined) {
      add(byReported, labels.version, name);
    }
    metricNames.forEach(workload => add(byWorkload, workload, name));
  }
  return ({ labels }) => {
    const reported = named(labels, istioLabels.destinationVersion);
    const workload = named(labels, istioLabels.destinationWorkload);
    const runs = byWorkload.get(workload ?? '') ?? new Set<string>();
    const namespace = named(labels, istioLabels.destinationWorkloadNamespace);
    if (
      runs.size === 0 &&
      workload !== undefined &&
      isGateway({ namespace: namespace ?? '', name: workload })
    ) {
      return undefined;
    }
    if (reported !== undefined) {
      const called = byReported.get(reported);
      // A version that no pod has any more had its own name then.
      const both = [...(called ?? [])].filter(name => runs.has(name));
      return only(both) ?? only([...(called ?? [])]) ?? reported;
    }
    const isLabelled = istioLabels.destinationVersion in labels;
    return (
      only([...runs]) ?? (workload !== undefined && isLabelled ? '' : undefined)
    );
  };
}

function add(map: Map<string, Set<string>>, key: string, name: string): void {
  map.set(key, (map.get(key) ?? new Set()).add(name));
}

function only(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined;
}
