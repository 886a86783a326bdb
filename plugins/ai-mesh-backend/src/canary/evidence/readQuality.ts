import {
  known,
  unknown,
  wording,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { InstantSample } from '../../prometheus/PrometheusClient';
import type { CounterTemplate } from '../../prometheus/series';
import { istioLabels } from '../../telemetry/istioLabels';
import type {
  EventSlice,
  QualityGate,
  QualityNumber,
  ValueSlice,
} from '../gates';
import {
  momentsOfBuckets,
  NO_VALUES,
  plusMoments,
  type Moments,
  type Tally,
} from '../statistics';
import {
  PART_LABEL,
  VERSION_LABEL,
  type PartName,
  type VersionName,
} from './gateQueries';
import { qualityPart, type QualityRole } from './qualityQueries';

type ShareGate = Extract<QualityGate, { kind: 'share' }>;
type MeanGate = Extract<QualityGate, { kind: 'mean' }>;

/** Two templates of ten selectors each. */
const MOST_SERIES = 20;

/** The sums that were answered, by part. */
export class QualitySums {
  readonly #values = new Map<string, number>();

  readonly #buckets = new Map<string, Map<number, number>>();

  constructor(samples: readonly InstantSample[]) {
    for (const { labels, value } of samples) {
      const key = `${labels[VERSION_LABEL]} ${labels[PART_LABEL]}`;
      const bound = labels[istioLabels.bucket];
      if (bound === undefined) {
        this.#values.set(key, value);
      } else {
        const buckets = this.#buckets.get(key) ?? new Map<number, number>();
        const upTo = bound === '+Inf' ? Infinity : Number(bound);
        // Exporters spell one bound differently.
        buckets.set(upTo, (buckets.get(upTo) ?? 0) + value);
        this.#buckets.set(key, buckets);
      }
    }
  }

  /** Undefined where none of the template's series exists. */
  of(
    version: VersionName,
    gate: string,
    role: QualityRole,
  ): number | undefined {
    let sum: number | undefined;
    for (let index = 0; index < MOST_SERIES; index++) {
      const value = this.#at(version, qualityPart(gate, role, index));
      sum = value === undefined ? sum : (sum ?? 0) + value;
    }
    return sum;
  }

  /** By the upper bound of each; empty where there is no histogram. */
  buckets(
    version: VersionName,
    gate: string,
    index: number,
  ): ReadonlyMap<number, number> {
    return (
      this.#buckets.get(`${version} ${qualityPart(gate, 'buckets', index)}`) ??
      new Map()
    );
  }

  at(
    version: VersionName,
    gate: string,
    role: QualityRole,
    index: number,
  ): number | undefined {
    return this.#at(version, qualityPart(gate, role, index));
  }

  #at(version: VersionName, part: PartName): number | undefined {
    return this.#values.get(`${version} ${part}`);
  }
}

const versions = ['canary', 'stable'] as const;

/** What was counted of a share's events. */
export function readShare(
  gate: ShareGate,
  sums: QualitySums,
): Measured<EventSlice> {
  const { name } = gate;
  const role = gate.bad ? 'bad' : 'good';
  const read = (version: VersionName) => ({
    all: sums.of(version, name, 'all'),
    some: sums.of(version, name, role),
  });
  const sides = { canary: read('canary'), stable: read('stable') };
  const numbers = versions.flatMap(version => Object.values(sides[version]));
  if (numbers.some(value => value !== undefined && !isCount(value))) {
    return unknown('not-exported', [wording('figure.noEvents')]);
  }
  if (versions.every(version => sides[version].all === undefined)) {
    return unknown('not-exported', [
      wording('figure.neitherSeries', { metrics: metricsOf(gate.all) }),
    ]);
  }
  const other = (gate.bad ?? gate.good)!;
  const mayBeAbsent = other.series.some(({ metric }) =>
    gate.all.series.some(one => one.metric === metric),
  );
  if (
    !mayBeAbsent &&
    versions.every(version => sides[version].some === undefined)
  ) {
    return unknown('not-exported', [
      wording('figure.neitherSeriesOr', { metrics: metricsOf(other) }),
    ]);
  }
  // A counter's first event may be to come; a histogram has all of its buckets at once.
  const withoutBucket =
    other.series.every(({ metric }) => metric.endsWith('_bucket')) &&
    versions.find(
      version =>
        sides[version].some === undefined && (sides[version].all ?? 0) > 0,
    );
  if (withoutBucket) {
    return unknown('not-exported', [
      wording(
        'events.noBucket',
        { metrics: metricsOf(other) },
        { version: `version.${withoutBucket}` },
      ),
    ]);
  }
  const tally = (version: VersionName): Tally => {
    // A counter's series may only be there from its first event on.
    const { all = 0, some = 0 } = sides[version];
    return { requests: all, bad: gate.bad ? some : all - some };
  };
  const ofBoth = (of: QualityRole) =>
    versions.reduce(
      (sum, version) => sum + (sums.of(version, name, of) ?? 0),
      0,
    );
  return known({
    canary: tally('canary'),
    stable: tally('stable'),
    born: ofBoth('born'),
    returned: ofBoth('returned'),
  });
}

/** A version's mean over the window. */
export function readMean(
  gate: MeanGate,
  version: VersionName,
  sums: QualitySums,
): Measured<QualityNumber> {
  const sum = sums.of(version, gate.name, 'sum');
  const count = sums.of(version, gate.name, 'count');
  if (sum === undefined || count === undefined) {
    return unknown('not-exported', [
      wording('figure.noSeriesOf', {
        metrics: metricsOf(sum === undefined ? gate.sum : gate.count),
      }),
    ]);
  }
  if (!Number.isFinite(sum) || !isCount(count)) {
    return unknown('not-exported', [wording('figure.noMean')]);
  }
  return count === 0
    ? unknown('no-traffic', [wording('figure.nothingToMean')])
    : known({ value: sum / count, count });
}

/** A mean's single values since the last look; undefined where nothing tells how much they scatter. */
export function readValues(
  gate: MeanGate,
  sums: QualitySums,
): ValueSlice | undefined {
  const canary = momentsOf(gate, 'canary', sums);
  const stable = momentsOf(gate, 'stable', sums);
  if (!canary || !stable) {
    return undefined;
  }
  const ofBoth = (of: QualityRole) =>
    versions.reduce(
      (sum, version) => sum + (sums.of(version, gate.name, of) ?? 0),
      0,
    );
  return {
    canary,
    stable,
    born: ofBoth('born'),
    returned: ofBoth('returned'),
  };
}

/**
 * Of all histograms that a template names: each by itself, since their buckets may differ. Undefined where something is no
 * number of values, or no sum: it would stay in the run's evidence for good.
 */
function momentsOf(
  gate: MeanGate,
  version: VersionName,
  sums: QualitySums,
): Moments | undefined {
  let all: Moments = NO_VALUES;
  for (let index = 0; index < gate.sum.series.length; index++) {
    const sum = sums.at(version, gate.name, 'sum-since', index);
    const count = sums.at(version, gate.name, 'count-since', index) ?? 0;
    if (!isCount(count)) {
      return undefined;
    }
    if (sum !== undefined && count > 0) {
      const squares = sums.at(version, gate.name, 'squares', index);
      const moments = gate.squares
        ? exactly(count, sum, squares)
        : inBuckets(sums.buckets(version, gate.name, index), sum);
      if (!moments || !Object.values(moments).every(Number.isFinite)) {
        return undefined;
      }
      all = plusMoments(all, moments);
    }
  }
  return all;
}

function inBuckets(
  upTo: ReadonlyMap<number, number>,
  sum: number,
): Moments | undefined {
  return [...upTo.values()].every(isCount)
    ? momentsOfBuckets(upTo, sum)
    : undefined;
}

/** No values have smaller squares than their mean's. */
function exactly(
  count: number,
  sum: number,
  squares: number | undefined,
): Moments | undefined {
  return squares !== undefined && squares * count >= sum ** 2 * (1 - 1e-9)
    ? { count, sum, squares }
    : undefined;
}

/** The one value that a query has to give. */
export function readValue(
  samples: readonly InstantSample[],
): Measured<QualityNumber> {
  const [sample, ...more] = samples;
  if (!sample) {
    return unknown('not-exported', [wording('figure.queryNoSeries')]);
  }
  if (more.length > 0) {
    return unknown('not-exported', [
      wording('figure.queryManySeries', { count: samples.length }),
    ]);
  }
  return Number.isFinite(sample.value)
    ? known({ value: sample.value })
    : unknown('no-traffic', [wording('figure.queryNoNumber')]);
}

function metricsOf({ series }: CounterTemplate): string {
  return [...new Set(series.map(({ metric }) => metric))].join(', ');
}

function isCount(value: number): boolean {
  return value >= 0 && value < Infinity;
}
