import type {
  CanaryDestinationWeight,
  CanaryWeights,
} from '@ai-mesh/plugin-ai-mesh-common';

/** What one destination has before and after; absent: it is not in the route then. */
export interface WeightChange {
  destination: CanaryDestinationWeight;
  before?: number;
  after?: number;
}

const key = ({ host, subset, port }: CanaryDestinationWeight) =>
  JSON.stringify([host, subset, port]);

/** Every destination of two states of a route, with its share in each, percent. */
export function weightChanges(
  before: CanaryWeights | undefined,
  after: CanaryWeights | undefined,
): WeightChange[] {
  const rows = new Map<string, WeightChange>();
  for (const destination of before?.destinations ?? []) {
    rows.set(key(destination), { destination, before: destination.percent });
  }
  for (const destination of after?.destinations ?? []) {
    const row = rows.get(key(destination)) ?? { destination };
    rows.set(key(destination), { ...row, after: destination.percent });
  }
  return [...rows.values()];
}
