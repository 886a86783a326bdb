import type {
  ModelSlos,
  ObjectiveStatus,
  Slos,
} from '@ai-mesh/plugin-ai-mesh-common';

/** A promise that the past would have kept. */
export interface ProposedObjective {
  name: string;
  /** Absent: every model. */
  model?: string;
  targetPercent: number;
  /** Of a latency objective: answered within this. */
  thresholdSeconds?: number;
  /** What it stands on, in words. */
  basis: string;
}

/** Promises that teams make; each next one allows about half as many failures. */
const TARGETS = [90, 95, 98, 99, 99.5, 99.8, 99.9, 99.95, 99.99];

/** A promise is sensible where the past used up no more than this of its budget. */
const MOST_USED = 0.8;

/** With fewer events, one failure more or less decides what could be promised. */
const LEAST_EVENTS = 1000;

/** What is promised where nothing can be seen, as AI Mesh's own configuration does. */
const DEFAULT_TARGET = 99.5;
const DEFAULT_THRESHOLD_SECONDS = 30;

const LATENCY_TARGET = 95;

/** Bounds of the buckets that OpenTelemetry names for calls of models, seconds: nothing has to be interpolated there. */
const BOUNDS_SECONDS = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48,
  40.96, 81.92,
];

const DAY_MS = 86_400_000;

/** Objectives for each model that has reported, by what there is of 30 days. */
export function proposeObjectives({
  models,
  dialect,
}: Slos): ProposedObjective[] {
  // Of Istio alone, rows are versions: a promise about one would end with it.
  const perModel = dialect.name === 'istio' ? [] : modelNames(models);
  if (perModel.length === 0) {
    return [
      availability('answers', undefined, models),
      latency('quick', undefined, models),
    ];
  }
  const names = slugs(perModel);
  return perModel.flatMap((model, index) => {
    const rows = models.filter(one => one.model === model);
    return [
      availability(`${names[index]}-answers`, model, rows),
      latency(`${names[index]}-is-quick`, model, rows),
    ];
  });
}

function modelNames(models: readonly ModelSlos[]): string[] {
  return [...new Set(models.map(({ model }) => model))];
}

/** Names that a document may have, each once. */
function slugs(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map(name => {
    const slug =
      name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .slice(0, 40)
        .replace(/^-+|-+$/g, '') || 'model';
    let free = slug;
    for (let count = 2; taken.has(free); count++) {
      free = `${slug}-${count}`;
    }
    taken.add(free);
    return free;
  });
}

function availability(
  name: string,
  model: string | undefined,
  rows: readonly ModelSlos[],
): ProposedObjective {
  const seen = countEvents(rows);
  if (!seen) {
    return {
      name,
      model,
      targetPercent: DEFAULT_TARGET,
      basis: 'a default: no requests could be counted',
    };
  }
  const counted = `${Math.round(seen.events)} requests in ${seen.over}, ${percent(1 - seen.bad / seen.events)} answered`;
  if (seen.events < LEAST_EVENTS) {
    return {
      name,
      model,
      targetPercent: DEFAULT_TARGET,
      basis: `a default: ${counted} are too few to tell`,
    };
  }
  const badPercent = (seen.bad / seen.events) * 100;
  const kept = TARGETS.filter(
    target => badPercent <= (100 - target) * MOST_USED,
  ).at(-1);
  return kept === undefined
    ? {
        name,
        model,
        targetPercent: TARGETS[0],
        basis: `${counted}: less than any usual promise, so that this one is not kept yet`,
      }
    : { name, model, targetPercent: kept, basis: counted };
}

/** Good and bad events of the objectives that count availability already; else of the charted rates. */
function countEvents(
  rows: readonly ModelSlos[],
): { events: number; bad: number; over: string } | undefined {
  const statuses = rows.flatMap(({ objectives }) =>
    objectives.filter(isAvailability).slice(0, 1),
  );
  const known = statuses.flatMap(({ events, badEvents }) =>
    events.status === 'known' && badEvents.status === 'known'
      ? [{ events: events.value, bad: badEvents.value }]
      : [],
  );
  const history = historyOf(rows);
  if (known.length > 0 && known.length === rows.length && history) {
    const events = sum(known.map(one => one.events));
    return events > 0
      ? { events, bad: sum(known.map(one => one.bad)), over: history }
      : undefined;
  }
  const points = rows.flatMap(row => weighted(row));
  const events = sum(points.map(one => one.events));
  return events > 0 && history
    ? { events, bad: sum(points.map(one => one.bad)), over: history }
    : undefined;
}

function isAvailability({ objective }: ObjectiveStatus): boolean {
  return objective.indicator.kind === 'availability';
}

/** Rates times the time between two points. */
function weighted({ series }: ModelSlos): { events: number; bad: number }[] {
  return series.slice(1).flatMap((point, index) => {
    const { requestsPerSecond, errorRatio } = point;
    if (requestsPerSecond === null || errorRatio === null) {
      return [];
    }
    const seconds =
      (Date.parse(point.at) - Date.parse(series[index].at)) / 1000;
    const events = requestsPerSecond * seconds;
    return [{ events, bad: events * errorRatio }];
  });
}

function latency(
  name: string,
  model: string | undefined,
  rows: readonly ModelSlos[],
): ProposedObjective {
  const values = rows
    .flatMap(({ series }) => series.map(({ p95Ms }) => p95Ms))
    .filter(value => value !== null)
    .sort((a, b) => a - b);
  const history = historyOf(rows);
  if (values.length === 0 || !history) {
    return {
      name,
      model,
      targetPercent: LATENCY_TARGET,
      thresholdSeconds: DEFAULT_THRESHOLD_SECONDS,
      basis: 'a default: no latency could be measured',
    };
  }
  // What it was nearly always within; a single bad hour is no reason to promise less for ever.
  const usual = values[Math.ceil(values.length * 0.95) - 1] / 1000;
  const bound = BOUNDS_SECONDS.find(one => one >= usual);
  return {
    name,
    model,
    targetPercent: LATENCY_TARGET,
    thresholdSeconds: bound ?? Math.ceil(usual),
    basis: `the 95th percentile was within ${usual.toPrecision(3)} s for 95% of ${history}`,
  };
}

/** How long anything was seen, in words. */
function historyOf(rows: readonly ModelSlos[]): string | undefined {
  const times = rows
    .flatMap(({ series }) =>
      series.filter(point => point.requestsPerSecond !== null),
    )
    .map(({ at }) => Date.parse(at));
  if (times.length === 0) {
    return undefined;
  }
  const days = (Math.max(...times) - Math.min(...times)) / DAY_MS;
  return days < 1
    ? 'less than a day of history'
    : `${Math.round(days)} days of history`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(3)}%`;
}
