import {
  known,
  unknown,
  wording,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import { eq, matches, selector, type Expr } from '../../prometheus/promql';
import type { RateRow } from '../../telemetry';
import type { EventCounts } from '../errorBudget';
import type { SloObjective } from '../objectives/SloObjective';
import { MODEL_LABEL } from '../signals/byModel';
import {
  RECORDED_PREFIX,
  recordedLabels,
  recordedName,
} from './recordedSeries';

/** One question for everything that was recorded of an entity. */
export function recordedQuery(entityRef: string): Expr {
  // A name is a label like another; the selector has to be written without one.
  return selector('x', eq(recordedLabels.entity, entityRef)).replace(
    'x{',
    `{${matches('__name__', `${RECORDED_PREFIX}.+`)},`,
  ) as Expr;
}

/** What the generated rules have recorded. */
export class RecordedSlos {
  readonly #counts = new Map<string, number>();
  /** Objective and window with a definition. */
  readonly #covered = new Set<string>();
  readonly #definitions = new Map<string, Set<string>>();

  constructor(rows: readonly RateRow[]) {
    for (const { labels, rate } of rows) {
      const objective = labels[recordedLabels.objective] ?? '';
      const definition = labels[recordedLabels.definition] ?? '';
      const events = labels[recordedLabels.events] ?? '';
      this.#definitions.set(
        objective,
        (this.#definitions.get(objective) ?? new Set()).add(definition),
      );
      this.#covered.add(keyOf(labels.__name__, objective, definition));
      if (Number.isFinite(rate)) {
        this.#counts.set(
          keyOf(
            labels.__name__,
            objective,
            definition,
            events,
            labels[MODEL_LABEL],
          ),
          rate,
        );
      }
    }
  }

  /** Whether the window was recorded by this very definition. */
  covers(objectiveId: string, definition: string, windowSeconds: number) {
    return this.#covered.has(
      keyOf(recordedName(windowSeconds), objectiveId, definition),
    );
  }

  /** Whether the objective was recorded, but by another definition. */
  isOutdated(objectiveId: string, definition: string): boolean {
    const found = this.#definitions.get(objectiveId);
    return found !== undefined && !found.has(definition);
  }

  /** Recorded counts. No series of bad events is none; no total is no data. */
  counts(
    { id }: Pick<SloObjective, 'id'>,
    definition: string,
    model: string | undefined,
    windowSeconds: number,
  ): Measured<EventCounts> {
    const of = (events: string) =>
      this.#counts.get(
        keyOf(recordedName(windowSeconds), id, definition, events, model),
      );
    const total = of('total');
    const bad = of('bad');
    return total === undefined && bad === undefined
      ? unknown('no-traffic', [wording('slo.nothingRecorded')])
      : known({ bad: bad ?? 0, total: total ?? 0 });
  }
}

function keyOf(...parts: (string | undefined)[]): string {
  return JSON.stringify(parts.map(part => part ?? ''));
}
