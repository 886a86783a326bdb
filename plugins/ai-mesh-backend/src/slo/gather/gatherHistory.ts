import {
  eq,
  increase,
  increaseBefore,
  seriesOf,
  type Expr,
} from '../../prometheus/promql';
import type { RangeSeries } from '../../prometheus/PrometheusClient';
import type { Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { ClusterTelemetry } from '../../telemetry';
import { needsOf } from '../events/EventNeeds';
import {
  eventParts,
  fewQuestions,
  windowedSignal,
} from '../events/eventQueries';
import type { ModelOfRow } from '../events/EventTable';
import { inMilliseconds, percentileExpr } from '../models/rateQueries';
import type { SloObjective } from '../objectives/SloObjective';
import { recordedLabels, recordedName } from '../rules/recordedSeries';
import { asDialect } from '../signals/byModel';
import type { EntitySignals } from '../signals/EntitySignals';
import { named, sumOf } from '../signals/Signal';
import { History, type HistoryRange } from './History';

export const HISTORY_P95 = 'p95';

/** A chart's counts, those of a period before, and what the rules recorded. */
export interface GatheredHistory {
  now: History;
  /** By period in seconds. */
  before: History;
  recorded: Measured<readonly RangeSeries[]>;
}

/**
 * Two questions over time, whatever the number of models and objectives.
 *
 * @param rolling - objectives whose period's raw events are counted: what left it is asked for too
 * @param recordedPeriods - periods (seconds) whose counts are recorded
 */
export async function gatherHistory(
  telemetry: ClusterTelemetry,
  range: HistoryRange,
  options: {
    entityRef: string;
    objectives: readonly SloObjective[];
    rolling: readonly SloObjective[];
    recordedPeriods: readonly number[];
    signals: EntitySignals | undefined;
    modelOf: ModelOfRow;
  },
): Promise<GatheredHistory> {
  const { objectives, rolling, signals, modelOf, recordedPeriods } = options;
  const { stepSeconds } = range;
  const periods = [...new Set(rolling.map(one => one.periodSeconds))];
  const recordedExpr =
    recordedPeriods.length > 0
      ? (seriesOf(
          recordedPeriods.map(recordedName),
          eq(recordedLabels.entity, options.entityRef),
        ) as Expr)
      : undefined;
  const earlier = periods.flatMap(period =>
    eventParts(
      needsOf(
        rolling.filter(one => one.periodSeconds === period),
        signals,
      ),
      signals,
      stepSeconds,
      {
        read: (series, window) => increaseBefore(series, window, period),
        as: period,
      },
    ),
  );
  const [now, before] = await Promise.all([
    telemetry.allSeries(
      'model-history',
      fewQuestions(historyParts(objectives, signals, stepSeconds)),
      range,
    ),
    telemetry.allSeries(
      'earlier-history',
      fewQuestions([...earlier, ...(recordedExpr ? [recordedExpr] : [])]),
      range,
    ),
  ]);
  return {
    now: new History(range, now, [stepSeconds], modelOf),
    before: new History(range, before, periods, modelOf),
    recorded: before,
  };
}

function historyParts(
  objectives: readonly SloObjective[],
  signals: EntitySignals | undefined,
  stepSeconds: number,
): Expr[] {
  const needs = { ...needsOf(objectives, signals), requests: true };
  const tokens = signals
    ? (['inputTokens', 'outputTokens', 'totalTokens'] as const).flatMap(
        name => {
          const signal = signals[name];
          return signal
            ? [
                named(
                  windowedSignal(name, stepSeconds),
                  sumOf(signal, increase, stepSeconds),
                ),
              ]
            : [];
        },
      )
    : [];
  const p95 =
    signals &&
    percentileExpr(signals.dialect, signals.duration, 0.95, stepSeconds);
  return [
    ...eventParts(needs, signals, stepSeconds),
    ...tokens,
    ...(p95 && signals?.duration
      ? [
          named(
            windowedSignal(HISTORY_P95, stepSeconds),
            asDialect(signals.dialect, inMilliseconds(p95, signals.duration)),
          ),
        ]
      : []),
  ];
}
