import { subsetHasEndpoint } from '../kubernetes/endpointLabels';
import {
  canonicalRevision,
  type ServiceMember,
} from '../kubernetes/serviceMembers';
import { istioLabels } from './istioLabels';

/** A label of Istio's metrics, and its values for some of a Service's members and no others. */
export interface Distinction {
  readonly label: string;
  readonly values: readonly string[];
}

/**
 * What each label of Istio's metrics may say of a member. Sidecars report the pod's label `version` as the version, and
 * ambient's proxies the canonical revision.
 */
const said: Record<string, (member: ServiceMember) => readonly string[]> = {
  [istioLabels.destinationVersion]: ({ labels }) => [
    labels.version ?? 'unknown',
    canonicalRevision(labels),
  ],
  [istioLabels.destinationWorkload]: ({ metricNames }) => metricNames,
  [istioLabels.destinationRevision]: ({ labels }) => [
    canonicalRevision(labels),
  ],
};

/**
 * Finds a label of Istio's metrics that tells some members of a Service from all its others.
 *
 * @param by - the labels to try, in this order
 */
function tellApart(
  members: readonly ServiceMember[],
  others: readonly ServiceMember[],
  by: readonly string[],
): Distinction | undefined {
  if (members.length === 0) {
    return undefined;
  }
  return by
    .map(label => ({ label, values: valuesOf(members, label) }))
    .find(({ label, values }) => {
      const foreign = new Set(valuesOf(others, label));
      // What reached no version is counted as `unknown` too.
      return !values.some(value => value === 'unknown' || foreign.has(value));
    });
}

/**
 * What tells the pods that a subset's labels select from a Service's others. A version that the subset selects by stays,
 * whichever workloads carry it; otherwise their names last longest.
 *
 * @param otherwise - the labels to try where it selects by no version, or its version does not tell
 */
export function subsetDistinction(
  all: readonly ServiceMember[],
  labels: Readonly<Record<string, string>>,
  otherwise: readonly string[],
): Distinction | undefined {
  const { members, others } = sidesOf(all, labels);
  const version = istioLabels.destinationVersion;
  // Pods that the portal does not see are told by the label that they are selected by.
  return members.length === 0 && labels.version !== undefined
    ? { label: version, values: [labels.version] }
    : tellApart(members, others, [
        ...(labels.version === undefined ? [] : [version]),
        ...otherwise,
      ]);
}

/** A Service's members, by whether a subset's labels select them. Those of which that is not known count as selected. */
export function sidesOf(
  all: readonly ServiceMember[],
  labels: Readonly<Record<string, string>>,
): { members: ServiceMember[]; others: ServiceMember[] } {
  const isMember = ({ place }: ServiceMember) =>
    subsetHasEndpoint(labels, place) !== false;
  return {
    members: all.filter(isMember),
    others: all.filter(member => !isMember(member)),
  };
}

function valuesOf(members: readonly ServiceMember[], label: string): string[] {
  return [...new Set(members.flatMap(said[label]))].sort();
}
