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
export function tellApart(
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

function valuesOf(members: readonly ServiceMember[], label: string): string[] {
  return [...new Set(members.flatMap(said[label]))].sort();
}
