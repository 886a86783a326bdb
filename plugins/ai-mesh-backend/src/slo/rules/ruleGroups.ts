import {
  above,
  and,
  divideIgnoring,
  eq,
  multiply,
  selector,
  type Expr,
} from '../../prometheus/promql';
import { inTurns } from '../../target/inTurns';
import { burnRatePairs } from '../burnRatePairs';
import type { SloObjective } from '../objectives/SloObjective';
import { percentileExpr } from '../models/rateQueries';
import { eventExpressions, type RuleContext } from './eventExpressions';
import { MODEL_LABEL } from '../signals/byModel';
import {
  definitionOf,
  objectiveWindows,
  BUDGET_ALERT,
  recordedLabels,
  recordedName,
} from './recordedSeries';

export interface Rule {
  record?: string;
  alert?: string;
  expr: Expr;
  labels: Record<string, string>;
  annotations?: Record<string, string>;
}

export interface RuleGroup {
  name: string;
  interval: string;
  rules: Rule[];
}

export interface RuleSubject {
  entityRef: string;
  /** Labels by which the cluster's series are told apart: recorded series carry them too. */
  extraLabels: Readonly<Record<string, string>>;
  namespace?: string;
  service?: string;
}

/** The p99 of each model, in seconds: a metric that an autoscaler can follow. */
export const P99_RECORD = 'ai_mesh:model_latency_p99_seconds';
const P99_WINDOW_SECONDS = 300;

/** How often a window's rule runs: a month's count does not change by the minute, and costs more. */
const INTERVALS: [longest: number, interval: string][] = [
  [3600, '30s'],
  [6 * 3600, '1m'],
  [3 * 86_400, '5m'],
  [Infinity, '10m'],
];

/** Recording rules for each window, four burn-rate alerts for each objective, and the p99 of each model. */
export async function ruleGroups(
  objectives: readonly SloObjective[],
  subject: RuleSubject,
  context: RuleContext,
): Promise<RuleGroup[]> {
  const base = {
    ...subject.extraLabels,
    [recordedLabels.entity]: subject.entityRef,
  };
  const groups: RuleGroup[] = [];
  for (const objective of objectives) {
    await inTurns();
    groups.push(...objectiveGroups(objective, base, context));
  }
  const p99 = p99Expr(context);
  return p99
    ? [
        ...groups,
        {
          name: `ai-mesh ${subject.entityRef} latency`,
          interval: '30s',
          rules: [
            {
              record: P99_RECORD,
              expr: p99,
              labels: {
                ...base,
                ...(subject.namespace && { namespace: subject.namespace }),
                ...(subject.service && { service: subject.service }),
              },
            },
          ],
        },
      ]
    : groups;
}

function objectiveGroups(
  objective: SloObjective,
  base: Record<string, string>,
  context: RuleContext,
): RuleGroup[] {
  const definition = definitionOf(objective, context);
  if (!definition) {
    return [];
  }
  const labels = {
    ...base,
    [recordedLabels.objective]: objective.id,
    [recordedLabels.definition]: definition,
  };
  const group = (part: string, interval: string, rules: Rule[]) => ({
    name: `ai-mesh ${base[recordedLabels.entity]} ${objective.id} ${part}`,
    interval,
    rules,
  });
  const recordings = objectiveWindows(objective).map(window => ({
    interval: INTERVALS.find(([longest]) => window <= longest)![1],
    rules: recordingRules(objective, window, labels, context),
  }));
  return [
    ...INTERVALS.map(([, interval]) =>
      group(
        `every ${interval}`,
        interval,
        recordings
          .filter(one => one.interval === interval)
          .flatMap(({ rules }) => rules),
      ),
    ).filter(({ rules }) => rules.length > 0),
    group('alerts', '30s', alerts(objective, labels)),
  ];
}

function recordingRules(
  objective: SloObjective,
  windowSeconds: number,
  labels: Record<string, string>,
  context: RuleContext,
): Rule[] {
  const { bad, total } = eventExpressions(objective, windowSeconds, context)!;
  const rule = (events: string, expr: Expr): Rule => ({
    record: recordedName(windowSeconds),
    expr,
    labels: { ...labels, [recordedLabels.events]: events },
  });
  return [rule('total', total), rule('bad', bad)];
}

function alerts(
  objective: SloObjective,
  labels: Record<string, string>,
): Rule[] {
  const ratio = (window: number) => {
    const recorded = (events: string) =>
      selector(
        recordedName(window),
        ...Object.entries(labels).map(([label, value]) => eq(label, value)),
        eq(recordedLabels.events, events),
      );
    return divideIgnoring(
      [recordedLabels.events],
      recorded('bad'),
      recorded('total'),
    );
  };
  return burnRatePairs(objective.periodSeconds).map(
    ({ severity, longWindowSeconds, shortWindowSeconds, factor }) => {
      const bound = factor * (1 - objective.target);
      const long = recordedName(longWindowSeconds).split('increase')[1];
      const short = recordedName(shortWindowSeconds).split('increase')[1];
      return {
        alert: BUDGET_ALERT,
        expr: and(
          above(ratio(longWindowSeconds), bound),
          above(ratio(shortWindowSeconds), bound),
        ),
        labels: {
          severity,
          long_window: long,
          short_window: short,
          // Alerts' labels are templates; two alerts of a file must differ in them.
          [recordedLabels.entity]: literal(labels[recordedLabels.entity]),
          [recordedLabels.objective]: literal(objective.id),
        },
        annotations: {
          summary: `${literal(objective.name)}: the error budget of {{ $labels.${MODEL_LABEL} }} burns too fast`,
          description: `Over ${long} and over ${short}, more than ${Number((bound * 100).toPrecision(3))}% of the events of ${literal(labels[recordedLabels.entity])} were bad: above ${Number(factor.toPrecision(3))} times what the objective of ${Number((objective.target * 100).toPrecision(6))}% can bear.`,
        },
      };
    },
  );
}

/** Text that Prometheus' templates must not take for one of theirs. */
function literal(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}');
}

function p99Expr({ signals }: RuleContext): Expr | undefined {
  const duration = signals?.duration;
  if (!duration) {
    return undefined;
  }
  const p99 = percentileExpr(
    signals.dialect,
    duration,
    0.99,
    P99_WINDOW_SECONDS,
  );
  return p99 && duration.unitMs !== 1000
    ? multiply(p99, duration.unitMs / 1000)
    : p99;
}
