import type { CalendarPeriod } from '../objectives/SloObjective';

/** A query of an OpenSLO document's metric source. */
export interface OpenSloQuery {
  /** The source's type as written, lower case: `prometheus`, `ai-mesh`. */
  type: string;
  /** The source's own settings: for Prometheus `query`, for AI Mesh `indicator`, `model`, `thresholdMs`. */
  spec: Record<string, unknown>;
}

/** How an OpenSLO document measures: good (or bad) events of all events, or a value against a threshold. */
export type OpenSloIndicator =
  | { kind: 'ratio'; good: OpenSloQuery; total: OpenSloQuery }
  | { kind: 'ratio'; bad: OpenSloQuery; total: OpenSloQuery }
  | { kind: 'threshold'; query: OpenSloQuery };

/** One objective of one `SLO` document, with its indicator resolved. */
export interface OpenSloObjective {
  /** The document's name, and the objective's number where there is more than one. */
  id: string;
  name: string;
  /** The model that the document is about (label `ai-mesh.io/model`), or every model. */
  model?: string;
  indicator: OpenSloIndicator;
  /** Where the indicator is written, for what is found wrong with it later. */
  place: { line?: number; column?: number };
  /** For a threshold: `lte`, `lt`, `gte` or `gt` of the value is good. */
  threshold?: { op: 'lte' | 'lt' | 'gte' | 'gt'; value: number };
  /** Share of good events promised, above 0 and below 1. */
  target: number;
  periodSeconds: number;
  period: 'rolling' | 'calendar';
  /** For a calendar period: when one of them began, and in which zone. */
  calendar?: CalendarPeriod;
}
