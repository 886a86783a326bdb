import type { Measured, Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { Series } from '../signals/Signal';

/** Which models an objective is for: a name or a pattern with `*`, less those that an earlier one has taken. */
export interface ModelFilter {
  include: readonly string[];
  exclude: readonly string[];
}

/** A calendar-aligned period: one of them began at `startTime` in the time zone. */
export interface CalendarPeriod {
  /** `2026-01-01 00:00:00` */
  startTime: string;
  timeZone: string;
  count: number;
  unit:
    'minutes' | 'hours' | 'days' | 'weeks' | 'months' | 'quarters' | 'years';
}

/** @typeParam Counter - series that are counted together; before they are confined to an entity, a document's query */
export type SloIndicator<Counter = readonly Series[]> =
  | { kind: 'availability'; fallbacksAreBad: boolean }
  | { kind: 'latency'; thresholdMs: number }
  /** Counters of a company's own: good (or bad) and all events. */
  | {
      kind: 'custom';
      description: string;
      good?: Counter;
      /** The good ones are a bucket: without it nothing is known, where a counter that is absent counted nothing. */
      goodIsBucket?: boolean;
      bad?: Counter;
      total: Counter;
    };

/** A promise, ready to be measured. */
export interface SloObjective<Counter = readonly Series[]> {
  id: string;
  name: string;
  /** Absent where its document names it. */
  nameWords?: Words[];
  indicator: SloIndicator<Counter>;
  /** Undefined: each model; for a custom indicator: the service as a whole. */
  models?: ModelFilter;
  /** Share of good events, above 0 and below 1. */
  target: number;
  /** For a calendar period: its usual length. */
  periodSeconds: number;
  calendar?: CalendarPeriod;
  source: string;
  sourceUrl?: string;
  /** Why Prometheus is not asked for its own counters; what rules recorded of them is read all the same. */
  unasked?: Measured<never>;
}
