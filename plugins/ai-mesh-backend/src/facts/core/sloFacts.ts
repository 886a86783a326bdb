import {
  budgetState,
  known,
  wording,
  type FactName,
  type FactValue,
  type ModelSlos,
  type ObjectiveStatus,
} from '@ai-mesh/plugin-ai-mesh-common';
import { nameIn } from '../../nameIn';
import {
  fact,
  noFact,
  ofNumbers,
  type ComputedFact,
  type UnknownFact,
} from './ComputedFact';
import type { FactAnswers } from './FactAnswers';

const SECONDS_A_DAY = 86_400;
const THIRTY_DAYS_SECONDS = 30 * SECONDS_A_DAY;
/** Istio's own metrics name no model: its rows are versions of the service. */
export const WITHOUT_MODELS = new Set(['istio', 'none']);

export function sloFacts({ slos, hasSloDocument }: FactAnswers) {
  const objectives = [
    ...slos.models.flatMap(model => model.objectives),
    ...slos.objectives,
  ];
  const none =
    sourceFailure(slos) ??
    noFact('not-configured', wording('facts.noObjectives'));
  return {
    sloDefined: sloDefined(slos, objectives, hasSloDocument),
    sloBudgetLeftMin: budgetLeftMin(objectives, none),
    sloBurnRateMax: ofNumbers(
      objectives.flatMap(({ burnRates }) => burnRates.map(({ long }) => long)),
      values => Math.max(...values),
      none,
    ),
    availability30d: availability30d(objectives),
    ...modelFacts(slos),
  } satisfies Partial<Record<FactName, ComputedFact>>;
}

function sloDefined(
  slos: FactAnswers['slos'],
  objectives: readonly ObjectiveStatus[],
  hasSloDocument: boolean,
): ComputedFact {
  if (
    objectives.some(({ objective }) => objective.source !== 'configuration')
  ) {
    return fact(true);
  }
  return hasSloDocument
    ? (sourceFailure(slos) ??
        noFact('not-exported', wording('facts.promisesUnseen')))
    : fact(false);
}

/**
 * A young budget decides nothing: beside others it is left out while something is left of it, and where nothing is the
 * least is not known, unless another's is spent for certain.
 */
function budgetLeftMin(
  objectives: readonly ObjectiveStatus[],
  none: UnknownFact,
): ComputedFact {
  const isYoung = (status: ObjectiveStatus) => budgetState(status) === 'young';
  const young = objectives.filter(isYoung);
  const least = ofNumbers(
    objectives
      .filter(status => !isYoung(status))
      .map(({ budgetLeft }) => budgetLeft),
    values => Math.min(...values),
    none,
  );
  if (
    young.length === 0 ||
    (least.status === 'known' && isSpent(least.value))
  ) {
    return least;
  }
  const doubtful = young.find(
    ({ budgetLeft }) =>
      budgetLeft.status === 'known' && isSpent(budgetLeft.value),
  );
  if (doubtful) {
    return tooYoung(doubtful);
  }
  return least === none ||
    (least.status === 'unknown' && least.reason === 'no-traffic')
    ? tooYoung(young[0])
    : least;
}

function isSpent(left: FactValue): boolean {
  return Number(left) <= 0;
}

function tooYoung({
  objective,
  youngWithinSeconds: withinSeconds = objective.periodSeconds,
}: ObjectiveStatus): UnknownFact {
  const { periodSeconds } = objective;
  const { params, terms } = nameIn('name', objective);
  return {
    ...noFact(
      'young',
      wording(
        'facts.young',
        {
          ...params,
          within: withinSeconds,
          period: periodSeconds,
        },
        terms,
      ),
    ),
    young: { withinSeconds, periodSeconds },
  };
}

function availability30d(objectives: readonly ObjectiveStatus[]): ComputedFact {
  const those = objectives.filter(
    ({ objective: { indicator, period, periodSeconds } }) =>
      indicator.kind === 'availability' &&
      period === 'rolling' &&
      periodSeconds === THIRTY_DAYS_SECONDS,
  );
  const ofEvents = (which: 'events' | 'badEvents') =>
    ofNumbers(
      those.map(one => one[which]),
      values => values.reduce((sum, value) => sum + value, 0),
      noFact('not-configured', wording('facts.noMonthlyAvailability')),
    );
  const all = ofEvents('events');
  const bad = ofEvents('badEvents');
  if (all.status === 'unknown' || bad.status === 'unknown') {
    return all.status === 'unknown' ? all : bad;
  }
  if (all.value === 0) {
    return noFact('no-traffic');
  }
  return those.every(one => one.youngWithinSeconds !== undefined)
    ? tooYoung(those[0])
    : fact(1 - Number(bad.value) / Number(all.value));
}

function modelFacts(slos: FactAnswers['slos']) {
  const models = slos.models.filter(({ reporting }) => reporting);
  const none =
    sourceFailure(slos) ?? noFact('not-exported', wording('facts.noModels'));
  const named = models.filter(({ dialect }) => !WITHOUT_MODELS.has(dialect));
  return {
    modelsInUse:
      named.length > 0
        ? fact(new Set(named.map(({ model }) => model)).size)
        : none,
    tokensPerDay: ofNumbers(
      models.map(({ tokensPerSecond }) =>
        tokensPerSecond.status === 'known'
          ? known(tokensPerSecond.value * SECONDS_A_DAY)
          : tokensPerSecond,
      ),
      values => values.reduce((sum, value) => sum + value, 0),
      none,
    ),
    costPerDayEstimate: costPerDay(models) ?? none,
  };
}

function costPerDay(models: readonly ModelSlos[]): ComputedFact | undefined {
  const [first, ...others] = [
    ...new Set(
      models.flatMap(({ cost }) =>
        cost.status === 'known' ? [cost.value.currency] : [],
      ),
    ),
  ];
  if (others.length > 0) {
    return noFact(
      'not-applicable',
      wording('facts.currencies', {
        currencies: [first, ...others].join(', '),
      }),
    );
  }
  if (models.length === 0) {
    return undefined;
  }
  const total = ofNumbers(
    models.map(({ cost }) =>
      cost.status === 'known' ? known(cost.value.perDay) : cost,
    ),
    values => values.reduce((sum, value) => sum + value, 0),
    noFact('no-traffic'),
  );
  return total.status === 'known' && first !== undefined
    ? { ...total, currency: first }
    : total;
}

/** Nothing was found since a source failed, which is not that there is nothing. */
function sourceFailure({ sources }: FactAnswers['slos']) {
  const failed = sources.find(
    ({ name, status }) =>
      name === 'prometheus' && status !== 'ok' && status !== 'partial',
  );
  return (
    failed &&
    noFact(
      failed.status === 'forbidden' || failed.status === 'not-configured'
        ? failed.status
        : 'source-unreachable',
      failed,
    )
  );
}
