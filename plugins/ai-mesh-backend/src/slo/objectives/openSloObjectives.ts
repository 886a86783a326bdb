import {
  said,
  wording,
  type ObjectiveProblem,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { parseSliQuery } from '../../prometheus/series/parseSliQuery';
import type { SliQuery } from '../../prometheus/series/SliQuery';
import type {
  OpenSloIndicator,
  OpenSloObjective,
  OpenSloQuery,
} from '../openslo/OpenSlo';
import type { OwnSeries } from './OwnSeries';
import type { DocumentObjectives, ReadObjectives } from './Problem';
import { confinedSeries } from './confinedSeries';
import type { SloIndicator, SloObjective } from './SloObjective';
import { shortened } from '../../shortened';
import { WordedError } from '../../WordedError';

/** The metric source that leaves it to AI Mesh which series there are. */
const AI_MESH = 'ai-mesh';
const PROMETHEUS = 'prometheus';

type ReadIndicator = SloIndicator<SliQuery>;

/** What an indicator may have wrong. */
type Unusable =
  | 'twoTypes'
  | 'ownRatio'
  | 'ownTotal'
  | 'fallbacks'
  | 'above'
  | 'notPositive'
  | 'ownThreshold'
  | 'unit'
  | 'noHistogram'
  | 'type'
  | 'noQuery';

/** Shown beside an objective: what it counts, not a page of it. */
const LONGEST_DESCRIPTION = 300;

/** Turns the objectives of an OpenSLO file into what can be measured. One that cannot be is a problem, with its place. */
export function openSloObjectives(
  read: {
    objectives: readonly OpenSloObjective[];
    problems: readonly ObjectiveProblem[];
  },
  source: { name: string; url?: string },
): DocumentObjectives {
  const problems = [...read.problems];
  const ids = new Set<string>();
  const objectives = read.objectives.flatMap(
    (objective): SloObjective<SliQuery>[] => {
      const trouble = (words: Words) => {
        problems.push({
          source: source.name,
          ...objective.place,
          ...said(words),
        });
        return [];
      };
      if (ids.has(objective.id)) {
        return trouble(wording('objective.twice', { name: objective.id }));
      }
      ids.add(objective.id);
      let indicator: ReadIndicator;
      try {
        indicator = indicatorOf(objective);
      } catch (error) {
        if (!(error instanceof WordedError)) {
          throw error;
        }
        return trouble(error.words);
      }
      const { id, name, target, periodSeconds, calendar, model } = objective;
      return [
        {
          id,
          name,
          indicator,
          target,
          periodSeconds,
          calendar,
          ...(model !== undefined && {
            models: { include: [model], exclude: [] },
          }),
          source: source.name,
          sourceUrl: source.url,
        },
      ];
    },
  );
  return { objectives, problems };
}

/**
 * The objectives as Prometheus may be asked about them. One whose query can find nothing of the entity's own is a problem.
 *
 * @param own - the bounds of every series that a document's own query asks for
 * @param whyNone - why they may be empty
 */
export function confineObjectives(
  { objectives, problems }: DocumentObjectives,
  own: OwnSeries,
  whyNone: Words,
): ReadObjectives {
  const confined: SloObjective[] = [];
  const unconfined: ObjectiveProblem[] = [];
  for (const objective of objectives) {
    const { indicator } = objective;
    if (indicator.kind !== 'custom') {
      confined.push({ ...objective, indicator });
      continue;
    }
    const { good, bad, total } = indicator;
    const series = (query: SliQuery) => confinedSeries(query, own);
    const asked = {
      good: good && series(good),
      bad: bad && series(bad),
      total: series(total),
    };
    if (Object.values(asked).some(one => one?.length === 0)) {
      unconfined.push({
        source: objective.source,
        ...said(
          wording('objective.unconfined', { name: objective.id }),
          whyNone,
        ),
      });
    } else {
      confined.push({ ...objective, indicator: { ...indicator, ...asked } });
    }
  }
  return { objectives: confined, problems: [...problems, ...unconfined] };
}

function unusable(why: Unusable, params?: Words['params']): WordedError {
  return new WordedError(wording(`objective.${why}`, params));
}

function indicatorOf({
  indicator,
  threshold,
}: OpenSloObjective): ReadIndicator {
  return indicator.kind === 'ratio'
    ? ratioIndicator(indicator)
    : thresholdIndicator(indicator.query, threshold!);
}

function ratioIndicator(
  indicator: OpenSloIndicator & { kind: 'ratio' },
): ReadIndicator {
  const part = 'good' in indicator ? indicator.good : indicator.bad;
  if (part.type !== indicator.total.type) {
    throw unusable('twoTypes');
  }
  if (part.type === AI_MESH) {
    const { indicator: what, fallbacks } = part.spec;
    if ('good' in indicator || what !== 'errors') {
      throw unusable('ownRatio');
    }
    if (indicator.total.spec.indicator !== 'requests') {
      throw unusable('ownTotal');
    }
    if (
      fallbacks !== undefined &&
      fallbacks !== 'bad' &&
      fallbacks !== 'ignored'
    ) {
      throw unusable('fallbacks');
    }
    return { kind: 'availability', fallbacksAreBad: fallbacks === 'bad' };
  }
  const series = parseSliQuery(queryOf(part));
  return {
    kind: 'custom',
    description: shortened(queryOf(part), LONGEST_DESCRIPTION),
    total: parseSliQuery(queryOf(indicator.total)),
    ...('good' in indicator
      ? { good: series, ...(isBucket(series) && { goodIsBucket: true }) }
      : { bad: series }),
  };
}

/** A threshold on a histogram is a ratio of its buckets; on any other value it cannot be weighted by events. */
function thresholdIndicator(
  query: OpenSloQuery,
  { op, value }: NonNullable<OpenSloObjective['threshold']>,
): ReadIndicator {
  if (op !== 'lte' && op !== 'lt') {
    throw unusable('above', { op });
  }
  if (!(value > 0)) {
    throw unusable('notPositive');
  }
  if (query.type === AI_MESH) {
    const { indicator, unit = 'seconds' } = query.spec;
    if (indicator !== 'latency') {
      throw unusable('ownThreshold');
    }
    if (unit !== 'seconds' && unit !== 'milliseconds') {
      throw unusable('unit');
    }
    return {
      kind: 'latency',
      thresholdMs: unit === 'seconds' ? value * 1000 : value,
    };
  }
  const series = parseSliQuery(queryOf(query));
  if (!series.every(({ metric }) => metric.endsWith('_bucket'))) {
    throw unusable('noHistogram');
  }
  return {
    kind: 'custom',
    description: `${shortened(queryOf(query), LONGEST_DESCRIPTION)} ${op === 'lt' ? '<' : '≤'} ${value}`,
    good: series.map(one => ({ ...one, bucket: value })),
    goodIsBucket: true,
    total: series.map(one => ({ ...one, bucket: Infinity })),
  };
}

function isBucket(query: SliQuery): boolean {
  return query.every(({ matchers }) =>
    matchers.some(
      ({ label, operator }) => label === 'le' && !operator.startsWith('!'),
    ),
  );
}

function queryOf({ type, spec }: OpenSloQuery): string {
  if (type !== PROMETHEUS) {
    throw unusable('type', { text: shortened(type, 40) });
  }
  if (typeof spec.query !== 'string') {
    throw unusable('noQuery');
  }
  return spec.query;
}
