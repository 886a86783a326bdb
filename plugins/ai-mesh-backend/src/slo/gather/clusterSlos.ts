import {
  said,
  wording,
  wordsOf,
  type ApplicationBreakers,
  type Measured,
  type ModelSlos,
  type ObjectiveProblem,
  type ObjectiveStatus,
  type Slos,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  ClusterTelemetry,
  applicationBreakersQuery,
  readApplicationBreakers,
} from '../../telemetry';
import { inTurns } from '../../target/inTurns';
import type { EventCounts } from '../errorBudget';
import { oneQuestion } from '../events/eventQueries';
import { modelOfRow } from '../events/EventTable';
import { latencyParts, loadParts, rateParts } from '../models/rateQueries';
import { ModelRates } from '../models/ModelRates';
import { modelSlos } from '../models/modelSlos';
import { ofPods } from '../dialects/EntitySeries';
import { isFor } from '../objectives/modelFilter';
import { recordedQuery, RecordedSlos } from '../rules/RecordedSlos';
import type { SloSettings } from '../SloSettings';
import { dialectNotes, dialectRemarks } from './dialectNotes';
import type { EntityOnCluster } from './EntityOnCluster';
import { gatherEvents } from './gatherEvents';
import { gatherHistory } from './gatherHistory';
import { historyRange } from './History';
import { modelOfWorkload } from './modelOfWorkload';
import {
  ObjectiveEvents,
  planObjective,
  rawWindows,
  type PlannedObjective,
} from './ObjectiveEvents';
import { objectiveStatus } from './objectiveStatus';
import { recordingRulesState } from './recordingRulesState';
import { readEntity } from './readEntity';

/** Rates are means over so long. */
const RATE_SECONDS = 300;
/** A chart is half of what is said of an objective, and nobody looks at hundreds. */
const MOST_CHARTS = 100;

/** An entity's SLOs on one cluster. */
export interface ClusterSlos {
  telemetry: ClusterTelemetry;
  dialect: Slos['dialect'];
  recordingRules: Slos['recordingRules'];
  models: ModelSlos[];
  objectives: ObjectiveStatus[];
  breakers: ApplicationBreakers;
  problems: ObjectiveProblem[];
  /** What the objectives' figures were made of, in their order. */
  counted: CountedObjective[];
  /** Whether Istio's series name the clusters of their ends. */
  clustersAreTold: boolean;
  /** Why nothing could be read at all. */
  unread?: Measured<never>;
}

/** An objective of a model (or of the service as a whole) with its events. */
export interface CountedObjective {
  model?: string;
  planned: PlannedObjective;
  status: ObjectiveStatus;
  /** @param windowSeconds - one of the plan's */
  counts(windowSeconds: number): Measured<EventCounts>;
}

/**
 * Ten questions at most, whatever the number of models and objectives; with counters of the entity's own eleven, and a few
 * more where there are hundreds.
 */
export async function clusterSlos(
  entity: EntityOnCluster,
  options: {
    windowSeconds: number;
    settings: SloSettings;
    entities: ReadonlyMap<string, string>;
    now: Date;
    /** Of budgets over time; 100 unless said. For none nothing is asked. */
    mostCharts?: number;
  },
): Promise<ClusterSlos> {
  const { settings, now, mostCharts = MOST_CHARTS } = options;
  const { cluster } = entity.target;
  const telemetry = new ClusterTelemetry(cluster);
  const [read, recordedRows, breakerRows] = await Promise.all([
    readEntity(entity, telemetry, settings),
    telemetry.rates('recorded-slos', recordedQuery(entity.entityRef)),
    telemetry.rates(
      'application-breakers',
      applicationBreakersQuery(
        ofPods(entity.series),
        RATE_SECONDS,
        settings.podLabels,
      ),
    ),
  ]);
  const { choice, signals, context, objectives, problems } = read;
  const seen = read.models;
  const recorded = new RecordedSlos(
    recordedRows.status === 'known' ? recordedRows.value : [],
  );
  const planned: PlannedObjective[] = [];
  for (const objective of objectives) {
    await inTurns();
    planned.push(planObjective(objective, recorded, context, now));
  }
  const ofWorkload = modelOfWorkload(seen);
  const modelOf = modelOfRow(signals, ofWorkload);
  const charted = mostCharts > 0 ? planned : [];
  const raw = (plan: PlannedObjective) =>
    !plan.isRecorded(plan.periodWindow) && !plan.calendar;
  const ask = (id: 'model-rates' | 'model-latency', parts: typeof rateParts) =>
    telemetry.rates(id, signals && oneQuestion(parts(signals, RATE_SECONDS)));
  const [rateRows, latency, table, history] = await Promise.all([
    ask('model-rates', (own, seconds) => [
      ...rateParts(own, seconds),
      ...loadParts(own),
    ]),
    ask('model-latency', latencyParts),
    gatherEvents(
      telemetry,
      rawWindows(planned),
      new Set(planned.map(({ periodWindow }) => periodWindow)),
      signals,
      modelOf,
    ),
    gatherHistory(telemetry, historyRange(options.windowSeconds, now), {
      entityRef: entity.entityRef,
      objectives: charted.map(({ objective }) => objective),
      rolling: charted.filter(raw).map(({ objective }) => objective),
      recordedPeriods: [
        ...new Set(
          charted
            .filter(plan => plan.isRecorded(plan.periodWindow))
            .map(plan => plan.periodWindow),
        ),
      ],
      signals,
      modelOf,
    }),
  ]);
  const events = new ObjectiveEvents({ recorded, table, history, context });
  const counted: CountedObjective[] = [];
  const statuses = async (
    plans: readonly PlannedObjective[],
    modelOfPlan: (plan: PlannedObjective) => string | undefined = () =>
      undefined,
  ) => {
    const all: ObjectiveStatus[] = [];
    for (const plan of plans) {
      await inTurns();
      const model = modelOfPlan(plan);
      const status = objectiveStatus(
        cluster.name,
        plan,
        model,
        events,
        signals,
        { number: counted.length, mostCharts },
      );
      counted.push({
        ...(model !== undefined && { model }),
        planned: plan,
        status,
        counts: window => events.counts(plan, model, window),
      });
      all.push(status);
    }
    return all;
  };
  const rates = signals && new ModelRates(signals, rateRows, ofWorkload);
  const names = [
    ...new Set([...(rates?.models() ?? []), ...seen.map(one => one.model)]),
  ];
  const named = (plan: PlannedObjective, model: string) =>
    plan.objective.indicator.kind === 'custom'
      ? Boolean(plan.objective.models) && isFor(plan.objective.models, model)
      : isFor(plan.objective.models, model);
  const models: ClusterSlos['models'] = [];
  if (signals && rates) {
    for (const model of names) {
      models.push({
        ...modelSlos(model, {
          cluster: cluster.name,
          signals,
          rates,
          latency,
          seen,
          history: history.now,
          prices: settings.prices,
          entities: options.entities,
          now,
        }),
        objectives: await statuses(
          planned.filter(plan => named(plan, model)),
          ({ objective }) =>
            objective.indicator.kind === 'custom' ? undefined : model,
        ),
      });
    }
  }
  return {
    telemetry,
    dialect: {
      name: choice.dialect?.name ?? 'none',
      chosenBy: choice.chosenBy,
      alsoPresent: choice.alsoPresent,
      ...dialectRemarks(
        read.notes.length > 0 ? read.notes : dialectNotes(choice, signals),
      ),
    },
    recordingRules: recordingRulesState(planned, recordedRows),
    models,
    objectives: await statuses(
      planned.filter(
        plan =>
          plan.objective.indicator.kind === 'custom' &&
          !names.some(model => named(plan, model)),
      ),
    ),
    breakers: readApplicationBreakers(
      cluster.name,
      breakerRows,
      undefined,
      settings.podLabels,
    ),
    problems: [
      ...problems,
      ...unaskedProblems(planned),
      ...strangers(planned, names, named),
    ],
    counted,
    clustersAreTold: read.clustersAreTold,
    ...(read.unread && { unread: read.unread }),
  };
}

/** Objectives that are not measured, since nothing is asked or recorded of them. */
function unaskedProblems(
  planned: readonly PlannedObjective[],
): ObjectiveProblem[] {
  return planned.flatMap(({ objective, windows, isRecorded }) =>
    objective.unasked?.status === 'unknown' && !windows.every(isRecorded)
      ? [{ source: objective.source, ...said(...wordsOf(objective.unasked)) }]
      : [],
  );
}

/** Objectives for a model that nobody has heard of. */
function strangers(
  planned: readonly PlannedObjective[],
  names: readonly string[],
  named: (plan: PlannedObjective, model: string) => boolean,
): ObjectiveProblem[] {
  return planned
    .filter(
      ({ objective }) =>
        objective.models && objective.source !== 'configuration',
    )
    .filter(plan => !names.some(model => named(plan, model)))
    .map(({ objective }) => ({
      source: objective.source,
      ...said(
        wording('objective.silentModel', {
          name: objective.id,
          model: objective.models!.include[0],
        }),
      ),
    }));
}
