import { groupBy } from './groupBy';
import type { KubernetesObject, WorkloadObject } from './kinds';

type Labels = Readonly<Record<string, string>>;

/** Whether every wanted label is there with its value. */
export function hasLabels(labels: Labels | undefined, wanted: Labels): boolean {
  return Object.entries(wanted).every(([name, value]) =>
    labels && Object.hasOwn(labels, name) ? labels[name] === value : false,
  );
}

/** The objects that carry all wanted labels; at least one must be wanted. */
export function withLabels<T extends KubernetesObject>(
  objects: readonly T[],
  wanted: Labels,
): readonly T[] {
  return rarest(groupBy(objects, ownLabels), wanted).filter(object =>
    hasLabels(object.metadata.labels, wanted),
  );
}

/** The workloads whose pods would carry all wanted labels; at least one must be wanted. */
export function withTemplateLabels(
  workloads: readonly WorkloadObject[],
  wanted: Labels,
): readonly WorkloadObject[] {
  return rarest(groupBy(workloads, templateLabels), wanted).filter(workload =>
    hasLabels(workload.spec?.template?.metadata?.labels, wanted),
  );
}

/** The fewest objects among which all with the wanted labels are. */
function rarest<T>(
  byLabel: ReadonlyMap<string, readonly T[]>,
  wanted: Labels,
): readonly T[] {
  return (
    pairs(wanted)
      .map(pair => byLabel.get(pair) ?? [])
      .sort((a, b) => a.length - b.length)[0] ?? []
  );
}

function ownLabels(object: KubernetesObject): string[] {
  return pairs(object.metadata.labels);
}

function templateLabels(workload: WorkloadObject): string[] {
  return pairs(workload.spec?.template?.metadata?.labels);
}

function pairs(labels: Labels = {}): string[] {
  return Object.entries(labels).map(([name, value]) => `${name}=${value}`);
}
