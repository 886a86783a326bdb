import type { Measured, ObjectiveStatus } from '@ai-mesh/plugin-ai-mesh-common';
import type { EventCounts } from '../errorBudget';
import { budgetOf, budgetOverTime } from '../events/budgetOverTime';
import { countEvents } from '../events/countEvents';
import type { EventTable } from '../events/EventTable';
import { calendarPeriod } from '../objectives/calendarPeriod';
import type { SloObjective } from '../objectives/SloObjective';
import type { RuleContext } from '../rules/eventExpressions';
import { MODEL_LABEL } from '../signals/byModel';
import type { RecordedSlos } from '../rules/RecordedSlos';
import {
  definitionOf,
  objectiveWindows,
  recordedLabels,
  recordedName,
} from '../rules/recordedSeries';
import type { GatheredHistory } from './gatherHistory';
import type { RawWindows } from './gatherEvents';

/** Where each of an objective's windows is read from. */
export interface PlannedObjective {
  objective: SloObjective;
  definition: string | undefined;
  calendar?: { startsAt: Date; endsAt: Date };
  /** The window of the whole period; of a calendar one: since it began. */
  periodWindow: number;
  windows: readonly number[];
  isRecorded(windowSeconds: number): boolean;
  /** Rules recorded it by another definition. */
  outdated: boolean;
}

/** Decides, window by window, whether what the rules recorded can be read. */
export function planObjective(
  objective: SloObjective,
  recorded: RecordedSlos,
  context: RuleContext,
  now: Date,
): PlannedObjective {
  const definition = definitionOf(objective, context);
  const calendar =
    objective.calendar && calendarPeriod(objective.calendar, now);
  // In whole minutes, so that one question serves for a while.
  const periodWindow = calendar
    ? Math.max(
        60,
        Math.ceil((now.getTime() - calendar.startsAt.getTime()) / 60_000) * 60,
      )
    : objective.periodSeconds;
  const { id } = objective;
  return {
    objective,
    definition,
    calendar,
    periodWindow,
    windows: [...new Set([...objectiveWindows(objective), periodWindow])],
    isRecorded: window =>
      definition !== undefined && recorded.covers(id, definition, window),
    outdated: definition !== undefined && recorded.isOutdated(id, definition),
  };
}

/** The windows that no rule has recorded, with the objectives that need them. */
export function rawWindows(planned: readonly PlannedObjective[]): RawWindows {
  const needed = new Map<number, SloObjective[]>();
  for (const { objective, windows, isRecorded } of planned) {
    for (const window of windows.filter(one => !isRecorded(one))) {
      needed.set(window, [...(needed.get(window) ?? []), objective]);
    }
  }
  return needed;
}

/** The events of a cluster's objectives, wherever they were read. */
export class ObjectiveEvents {
  constructor(
    private readonly sources: {
      recorded: RecordedSlos;
      table: EventTable;
      history: GatheredHistory;
      context: RuleContext;
    },
  ) {}

  /** @param model - undefined: the service as a whole */
  counts(
    { objective, definition, isRecorded }: PlannedObjective,
    model: string | undefined,
    windowSeconds: number,
  ): Measured<EventCounts> {
    const { recorded, table, context } = this.sources;
    return definition !== undefined && isRecorded(windowSeconds)
      ? recorded.counts(objective, definition, model, windowSeconds)
      : countEvents(objective, model, windowSeconds, table, context.signals);
  }

  budgetOverTime(
    planned: PlannedObjective,
    model: string | undefined,
  ): ObjectiveStatus['budgetOverTime'] {
    const { objective, calendar, periodWindow } = planned;
    if (planned.isRecorded(periodWindow)) {
      return this.#recordedBudget(planned, model);
    }
    const { history, context } = this.sources;
    const { stepSeconds } = history.now.range;
    const before = history.before.steps();
    const count = (table: EventTable, window: number) =>
      countEvents(objective, model, window, table, context.signals);
    return budgetOverTime(
      this.counts(planned, model, periodWindow),
      history.now.steps().map(({ at, table }, index) => ({
        at,
        now: count(table, stepSeconds),
        ...(!calendar && {
          before: count(before[index].table, objective.periodSeconds),
        }),
      })),
      objective.target,
      calendar?.startsAt,
    );
  }

  #recordedBudget(
    { objective, definition, periodWindow }: PlannedObjective,
    model: string | undefined,
  ): ObjectiveStatus['budgetOverTime'] {
    const { recorded, now } = this.sources.history;
    if (recorded.status === 'unknown') {
      return recorded;
    }
    const of = (events: string) =>
      new Map(
        recorded.value.find(
          ({ labels }) =>
            labels.__name__ === recordedName(periodWindow) &&
            labels[recordedLabels.objective] === objective.id &&
            labels[recordedLabels.definition] === definition &&
            labels[recordedLabels.events] === events &&
            (labels[MODEL_LABEL] ?? '') === (model ?? ''),
        )?.values ?? [],
      );
    const [total, bad] = [of('total'), of('bad')];
    return {
      status: 'known',
      value: now.steps().map(({ at }) => {
        const seconds = at.getTime() / 1000;
        const all = total.get(seconds);
        return {
          at: at.toISOString(),
          budgetLeft:
            all === undefined
              ? null
              : budgetOf(
                  { bad: bad.get(seconds) ?? 0, total: all },
                  objective.target,
                ),
        };
      }),
    };
  }
}
