import {
  budgetState,
  type ModelSlos,
  type ObjectiveStatus,
  type Slos,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Translate } from '../../translation';

/** Names a model among those of several clusters. */
export function keyOf({ cluster, model }: ModelSlos): string {
  return `${cluster}/${model}`;
}

/** Whether names must say on which cluster something is. */
export function onSeveralClusters({
  models,
  objectives,
}: Pick<Slos, 'models' | 'objectives'>): boolean {
  return (
    new Set([...models, ...objectives].map(({ cluster }) => cluster)).size > 1
  );
}

/** One objective of one model, or of the service as a whole. */
export interface RankedObjective {
  /** Stable from answer to answer. */
  id: string;
  /** Absent for an objective of the service. */
  model?: ModelSlos;
  status: ObjectiveStatus;
}

const severity: Record<ObjectiveStatus['alert'], number> = {
  page: 0,
  ticket: 1,
  unknown: 2,
  ok: 3,
};

/**
 * All objectives, the least budget left first. An unknown budget is not a full one, and not an empty one: it comes last.
 * Of a young one no more than all is spent.
 */
export function rankObjectives({
  models,
  objectives,
}: Pick<Slos, 'models' | 'objectives'>): RankedObjective[] {
  const all: RankedObjective[] = [
    ...objectives.map(status => ({
      id: `${status.cluster} ${status.objective.id}`,
      status,
    })),
    ...models.flatMap(model =>
      model.objectives.map(status => ({
        id: `${keyOf(model)} ${status.objective.id}`,
        model,
        status,
      })),
    ),
  ];
  return all.sort(
    (a, b) =>
      budgetOf(a) - budgetOf(b) ||
      severity[a.status.alert] - severity[b.status.alert],
  );
}

function budgetOf({ status }: RankedObjective): number {
  const { budgetLeft } = status;
  if (budgetLeft.status === 'unknown') {
    return Number.MAX_SAFE_INTEGER;
  }
  return budgetState(status) === 'young'
    ? Math.max(0, budgetLeft.value)
    : budgetLeft.value;
}

/** A model by name, and by its cluster where the entity is on several. */
export function modelName(
  { model, cluster }: Pick<ModelSlos, 'model' | 'cluster'>,
  namesCluster: boolean,
  t: Translate,
): string {
  return namesCluster
    ? t('slos.onCluster', { subject: model, cluster })
    : model;
}
