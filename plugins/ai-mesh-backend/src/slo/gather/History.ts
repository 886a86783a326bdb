import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { RangeSeries } from '../../prometheus/PrometheusClient';
import type { RateRow } from '../../telemetry';
import { signalOf } from '../events/eventQueries';
import { EventTable, type ModelOfRow } from '../events/EventTable';
import { SIGNAL_LABEL } from '../signals/Signal';

const POINTS = 60;

/** The steps of a chart over a window that ends now, in whole steps, so that who looks a moment later sees the same. */
export interface HistoryRange {
  start: Date;
  end: Date;
  stepSeconds: number;
}

export function historyRange(windowSeconds: number, now: Date): HistoryRange {
  const stepSeconds = windowSeconds / POINTS;
  const step = stepSeconds * 1000;
  const end = Math.floor(now.getTime() / step) * step;
  return {
    start: new Date(end - (POINTS - 1) * step),
    end: new Date(end),
    stepSeconds,
  };
}

/** Counts at each step of a range. */
export class History {
  readonly #tables: ReadonlyMap<number, EventTable>;

  /** @param windows - the numbers that counts are found by, for an answer that failed */
  constructor(
    readonly range: HistoryRange,
    series: Measured<readonly RangeSeries[]>,
    windows: readonly number[],
    modelOf: ModelOfRow,
  ) {
    const rows = new Map<number, RateRow[]>();
    const seen =
      series.status === 'known'
        ? series.value.map(({ labels }) => signalOf(labels[SIGNAL_LABEL] ?? ''))
        : [];
    if (series.status === 'known') {
      for (const { labels, values } of series.value) {
        for (const [seconds, value] of values) {
          const row = { labels, rate: value };
          const present = rows.get(seconds);
          if (present) {
            present.push(row);
          } else {
            rows.set(seconds, [row]);
          }
        }
      }
    }
    this.#tables = new Map(
      steps(range).map(at => [
        at.getTime(),
        new EventTable(modelOf, seen).add(
          windows,
          series.status === 'known'
            ? known(rows.get(at.getTime() / 1000) ?? [])
            : series,
        ),
      ]),
    );
  }

  /** The steps' ends, oldest first, each with its counts. */
  steps(): { at: Date; table: EventTable }[] {
    return [...this.#tables].map(([at, table]) => ({
      at: new Date(at),
      table,
    }));
  }
}

function steps({ start, end, stepSeconds }: HistoryRange): Date[] {
  const count =
    Math.round((end.getTime() - start.getTime()) / 1000 / stepSeconds) + 1;
  return Array.from(
    { length: count },
    (_, index) => new Date(start.getTime() + index * stepSeconds * 1000),
  );
}
