import type { Measured, QueryTrace } from '@ai-mesh/plugin-ai-mesh-common';
import type { Expr } from '../../prometheus/promql';
import { inTurns } from '../../target/inTurns';
import type { ClusterTelemetry } from '../../telemetry';
import { eventParts, fewQuestions } from '../events/eventQueries';
import { EventTable, type ModelOfRow } from '../events/EventTable';
import { needsOf } from '../events/EventNeeds';
import type { SloObjective } from '../objectives/SloObjective';
import type { EntitySignals } from '../signals/EntitySignals';

const HOUR = 3600;
const QUICK_SECONDS = 6 * HOUR;

/** A window in seconds with the objectives whose raw events it needs. */
export type RawWindows = ReadonlyMap<number, readonly SloObjective[]>;

interface Batch {
  id: QueryTrace['id'];
  windows: number[];
  /** Windows of days cost much and change little. */
  keepForMs?: number;
}

/**
 * Counts raw events in three questions, whatever the number of models and windows: those that page, those that open
 * tickets, and whole periods. Only a file of very many counters of its own makes one of them a few.
 */
export async function gatherEvents(
  telemetry: ClusterTelemetry,
  needed: RawWindows,
  periods: ReadonlySet<number>,
  signals: EntitySignals | undefined,
  modelOf: ModelOfRow,
): Promise<EventTable> {
  const windows = [...needed.keys()];
  const isPeriod = (window: number) =>
    periods.has(window) && window > QUICK_SECONDS;
  const batches: Batch[] = [
    {
      id: 'burn-rates',
      windows: windows.filter(window => window <= QUICK_SECONDS),
    },
    {
      id: 'slow-burn-rates',
      windows: windows.filter(
        window => window > QUICK_SECONDS && !isPeriod(window),
      ),
      keepForMs: 60_000,
    },
    {
      id: 'periods',
      windows: windows.filter(isPeriod),
      keepForMs: 120_000,
    },
  ];
  const answers = await Promise.all(
    batches.map(async ({ id, windows: some, keepForMs }) => {
      const parts: Expr[] = [];
      for (const window of some) {
        await inTurns();
        const needs = needsOf(needed.get(window)!, signals);
        parts.push(...eventParts(needs, signals, window));
      }
      const rows = await telemetry.allRates(id, fewQuestions(parts), {
        keepForMs,
      });
      return [some, rows] as const;
    }),
  );
  return answers.reduce(
    (table, [some, rows]) => table.add(some, rows),
    new EventTable(modelOf),
  );
}

/** Of several answers the first that is none. */
export function firstUnknown(
  ...answers: Measured<unknown>[]
): Measured<never> | undefined {
  const failed = answers.find(({ status }) => status === 'unknown');
  return failed?.status === 'unknown' ? failed : undefined;
}
