import { divide, multiply, rate, type Expr } from '../../prometheus/promql';
import { inTurns } from '../../target/inTurns';
import { burnRatePairs } from '../burnRatePairs';
import { percentileExpr } from '../models/rateQueries';
import type { SloObjective } from '../objectives/SloObjective';
import { eventExpressions, type RuleContext } from '../rules/eventExpressions';
import { objectName, type Download } from '../rules/ruleFile';
import { byModel, MODEL_LABEL } from '../signals/byModel';
import { sumOf, type Signal } from '../signals/Signal';
import { timeseries, type Panel, type Target } from './panel';

const RATE_SECONDS = 300;
const WIDTH = 12;
const HEIGHT = 8;

/**
 * A Grafana dashboard of an entity: a row of golden signals by model, and a row for each objective.
 *
 * @param asSent - adds the cluster's extra labels to every selector
 */
export async function dashboard(
  objectives: readonly SloObjective[],
  entityRef: string,
  context: RuleContext,
  asSent: (promql: Expr) => string,
): Promise<Download> {
  const name = objectName(entityRef);
  const panels: Panel[] = [];
  for (const panel of eachPanel(objectives, context)) {
    await inTurns();
    const index = panels.length;
    panels.push({
      ...panel,
      id: index + 1,
      gridPos: {
        x: (index % 2) * WIDTH,
        y: Math.floor(index / 2) * HEIGHT,
        w: WIDTH,
        h: HEIGHT,
      },
      targets: panel.targets.map(target => ({
        ...target,
        expr: asSent(target.expr as Expr),
      })),
    });
  }
  return {
    fileName: `${name}-dashboard.json`,
    mediaType: 'application/json',
    content: `${JSON.stringify(
      {
        uid: name.slice(0, 40),
        title: `AI Mesh: ${entityRef}`,
        tags: ['ai-mesh'],
        timezone: 'browser',
        schemaVersion: 39,
        refresh: '1m',
        time: { from: 'now-6h', to: 'now' },
        templating: {
          list: [
            {
              name: 'datasource',
              label: 'Prometheus',
              type: 'datasource',
              query: 'prometheus',
            },
          ],
        },
        panels,
      },
      null,
      2,
    )}\n`,
  };
}

function* eachPanel(
  objectives: readonly SloObjective[],
  context: RuleContext,
): Generator<Panel> {
  yield* signalPanels(context);
  for (const objective of objectives) {
    yield* objectivePanels(objective, context);
  }
}

function signalPanels({ signals }: RuleContext): Panel[] {
  if (!signals) {
    return [];
  }
  const { dialect } = signals;
  const perSecond = (signal: Signal | undefined, legend: string): Target[] =>
    signal
      ? [
          {
            expr: byModel(dialect, sumOf(signal, rate, RATE_SECONDS)),
            legendFormat: legend,
          },
        ]
      : [];
  const model = `{{${MODEL_LABEL}}}`;
  const percentiles = [0.5, 0.95, 0.99].flatMap((quantile): Target[] => {
    const expr = percentileExpr(
      dialect,
      signals.duration,
      quantile,
      RATE_SECONDS,
    );
    return expr && signals.duration
      ? [
          {
            expr: multiply(expr, signals.duration.unitMs / 1000),
            legendFormat: `${model} p${quantile * 100}`,
          },
        ]
      : [];
  });
  return [
    timeseries('Requests', 'reqps', perSecond(signals.requests, model)),
    timeseries('Latency', 's', percentiles),
    timeseries('Tokens', 'short', [
      ...perSecond(signals.inputTokens, `${model} in`),
      ...perSecond(signals.outputTokens, `${model} out`),
      ...perSecond(signals.totalTokens, model),
    ]),
    timeseries(
      'Fallback answers',
      'reqps',
      perSecond(signals.fallbacks, model),
    ),
  ].filter(({ targets }) => targets.length > 0);
}

function objectivePanels(
  objective: SloObjective,
  context: RuleContext,
): Panel[] {
  const events = (window: number) => {
    const found = eventExpressions(objective, window, context);
    return found && divide(found.bad, found.total);
  };
  const whole = events(objective.periodSeconds);
  if (!whole) {
    return [];
  }
  const allowed = 1 - objective.target;
  const windows = [
    ...new Set(
      burnRatePairs(objective.periodSeconds).map(
        ({ longWindowSeconds }) => longWindowSeconds,
      ),
    ),
  ];
  const percent = Number((objective.target * 100).toPrecision(6));
  return [
    timeseries(`${objective.name} (${percent}%): budget left`, 'percentunit', [
      {
        // What is spent, from all of it.
        expr: `1 - (${multiply(whole, 1 / allowed)})`,
        legendFormat: `{{${MODEL_LABEL}}}`,
      },
    ]),
    timeseries(
      `${objective.name}: burn rate`,
      'none',
      windows.map(window => ({
        expr: multiply(events(window)!, 1 / allowed),
        legendFormat: `{{${MODEL_LABEL}}} ${window / 3600} h`,
      })),
    ),
  ];
}
