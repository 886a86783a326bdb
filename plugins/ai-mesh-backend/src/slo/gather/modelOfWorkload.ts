import type { SeenModel } from '../dialects/SeriesInventory';

/** The models of workloads that run only one. */
export function modelsByWorkload(
  seen: readonly SeenModel[],
): ReadonlyMap<string, string> {
  const models = new Map<string, Set<string>>();
  for (const { workload, model } of seen) {
    if (workload) {
      models.set(workload, (models.get(workload) ?? new Set()).add(model));
    }
  }
  return new Map(
    [...models].flatMap(([workload, some]) =>
      some.size === 1 ? [[workload, [...some][0]] as const] : [],
    ),
  );
}

/**
 * Whose a workload's errors are. Requests that never reached a workload name none: they are the model's where the
 * entity has only one.
 */
export function modelOfWorkload(
  seen: readonly SeenModel[],
): (workload: string) => string | undefined {
  const byWorkload = modelsByWorkload(seen);
  const all = new Set(seen.map(({ model }) => model));
  const only = all.size === 1 ? [...all][0] : undefined;
  return workload => only ?? byWorkload.get(workload);
}
