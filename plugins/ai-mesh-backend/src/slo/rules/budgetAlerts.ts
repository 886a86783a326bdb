import { eq, maxBy, selector, type Expr } from '../../prometheus/promql';
import { MODEL_LABEL } from '../signals/byModel';
import { BUDGET_ALERT, recordedLabels } from './recordedSeries';

const SEVERITY_LABEL = 'severity';

/** The alerts on an entity's error budgets that fire, as Prometheus keeps them for every alerting rule that it has. */
export function budgetAlertsQuery(entityRef: string): Expr {
  return maxBy(
    [SEVERITY_LABEL, recordedLabels.objective, MODEL_LABEL],
    selector(
      'ALERTS',
      eq('alertname', BUDGET_ALERT),
      eq('alertstate', 'firing'),
      eq(recordedLabels.entity, entityRef),
    ),
  );
}

/** What a series of {@link budgetAlertsQuery} is about; undefined for one that the portal's rules do not make. */
export function readBudgetAlert(labels: Readonly<Record<string, string>>):
  | {
      objective: string;
      model?: string;
      severity: 'page' | 'ticket';
    }
  | undefined {
  const { [SEVERITY_LABEL]: severity, [MODEL_LABEL]: model } = labels;
  const objective = labels[recordedLabels.objective];
  return objective && (severity === 'page' || severity === 'ticket')
    ? { objective, severity, ...(model && { model }) }
    : undefined;
}
