import {
  budgetState,
  known,
  unknown,
  type Measured,
  type ObjectiveStatus,
  type Slos,
  type WorstSlo,
  wording,
} from '@ai-mesh/plugin-ai-mesh-common';

const ALERTS: ObjectiveStatus['alert'][] = ['page', 'ticket', 'unknown', 'ok'];

/**
 * The objective that stands worst: what fires before what does not, then the least budget left. One without a budget
 * loses to one that has it, and of a young one no more than all is spent.
 */
export function worstSlo(
  slos: Pick<Slos, 'models' | 'objectives' | 'sources'>,
): Measured<WorstSlo> {
  const all = [
    ...slos.models.flatMap(({ model, objectives }) =>
      objectives.map(status => ({ model, status })),
    ),
    ...slos.objectives.map(status => ({ model: '', status })),
  ];
  const [worst] = all
    .filter(({ status }) => status.budgetLeft.status === 'known')
    .sort(
      (a, b) =>
        firing(a.status) - firing(b.status) ||
        budget(a.status) - budget(b.status),
    );
  if (worst) {
    const {
      objective,
      budgetLeft,
      alert,
      lowTraffic,
      youngWithinSeconds,
      budgetOverTime,
    } = worst.status;
    return known({
      ...(new Set(all.map(({ status }) => status.cluster)).size > 1 && {
        cluster: worst.status.cluster,
      }),
      model: worst.model,
      objective: objective.name,
      ...(objective.nameWords && { nameWords: objective.nameWords }),
      target: objective.target,
      periodSeconds: objective.periodSeconds,
      budgetLeft,
      alert,
      indicator: objective.indicator?.kind,
      lowTraffic,
      ...(youngWithinSeconds && { youngWithinSeconds }),
      budgetOverTime,
    });
  }
  const unmeasured = all.find(
    ({ status }) => status.budgetLeft.status === 'unknown',
  );
  if (unmeasured?.status.budgetLeft.status === 'unknown') {
    return unmeasured.status.budgetLeft;
  }
  const failed = slos.sources.find(
    ({ name, status }) =>
      name === 'prometheus' && status !== 'ok' && status !== 'partial',
  );
  if (failed) {
    return unknown(
      failed.status === 'forbidden' || failed.status === 'not-configured'
        ? failed.status
        : 'source-unreachable',
      failed.words ?? failed.message,
    );
  }
  return unknown('not-exported', [wording('slo.noModel')]);
}

function firing({ alert }: ObjectiveStatus): number {
  // Unknown and ok are alike here: the budget says more than a window that could not be had.
  return Math.min(ALERTS.indexOf(alert), 2);
}

function budget(status: ObjectiveStatus): number {
  const { budgetLeft } = status;
  if (budgetLeft.status === 'unknown') {
    return Infinity;
  }
  return budgetState(status) === 'young'
    ? Math.max(0, budgetLeft.value)
    : budgetLeft.value;
}
