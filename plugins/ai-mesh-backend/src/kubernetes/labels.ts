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

/** The objects with one of some values of a label. */
export function withLabel<T extends KubernetesObject>(
  objects: readonly T[],
  name: string,
  values: readonly string[],
): T[] {
  return withOne(groupBy(objects, ownLabels), name, values);
}

/** The workloads whose pods would have one of some values of a label. */
export function withTemplateLabel(
  workloads: readonly WorkloadObject[],
  name: string,
  values: readonly string[],
): WorkloadObject[] {
  return withOne(groupBy(workloads, templateLabels), name, values);
}

function withOne<T>(
  byLabel: ReadonlyMap<string, readonly T[]>,
  name: string,
  values: readonly string[],
): T[] {
  return [...new Set(values)].flatMap(
    value => byLabel.get(labelPair(name, value)) ?? [],
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

/** Each label with its value as one text. */
export function pairs(labels: Labels = {}): string[] {
  return Object.entries(labels).map(([name, value]) => labelPair(name, value));
}

/** As {@link pairs} has it. */
export function labelPair(name: string, value: string): string {
  return `${name}=${value}`;
}
