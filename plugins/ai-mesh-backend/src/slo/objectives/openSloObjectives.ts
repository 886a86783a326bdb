import type { ObjectiveProblem } from '@ai-mesh/plugin-ai-mesh-common';
import { le, type Matcher } from '../../prometheus/promql';
import type {
  OpenSloIndicator,
  OpenSloObjective,
  OpenSloQuery,
} from '../openslo/OpenSlo';
import { customSeries } from './customSeries';
import type { ReadObjectives } from './Problem';
import type { Series } from '../signals/Signal';
import type { SloIndicator, SloObjective } from './SloObjective';

/** The metric source that leaves it to AI Mesh which series there are. */
const AI_MESH = 'ai-mesh';
const PROMETHEUS = 'prometheus';

/**
 * Turns the objectives of an OpenSLO file into what can be measured. One that cannot be is a problem, with its place.
 *
 * @param confine - conditions on every series that a document's own query asks for
 */
export function openSloObjectives(
  read: {
    objectives: readonly OpenSloObjective[];
    problems: readonly ObjectiveProblem[];
  },
  source: { name: string; url?: string },
  confine: readonly Matcher[],
): ReadObjectives {
  const problems = [...read.problems];
  const ids = new Set<string>();
  const objectives = read.objectives.flatMap((objective): SloObjective[] => {
    const trouble = (message: string) => {
      problems.push({ source: source.name, ...objective.place, message });
      return [];
    };
    if (ids.has(objective.id)) {
      return trouble(
        `two SLOs are called '${objective.id}': only the first one counts`,
      );
    }
    ids.add(objective.id);
    let indicator: SloIndicator;
    try {
      indicator = indicatorOf(objective, confine);
    } catch (error) {
      return trouble((error as Error).message);
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
  });
  return { objectives, problems };
}

function indicatorOf(
  { indicator, threshold }: OpenSloObjective,
  confine: readonly Matcher[],
): SloIndicator {
  return indicator.kind === 'ratio'
    ? ratioIndicator(indicator, confine)
    : thresholdIndicator(indicator.query, threshold!, confine);
}

function ratioIndicator(
  indicator: OpenSloIndicator & { kind: 'ratio' },
  confine: readonly Matcher[],
): SloIndicator {
  const part = 'good' in indicator ? indicator.good : indicator.bad;
  if (part.type !== indicator.total.type) {
    throw new Error('both metrics of a ratio must be of one type');
  }
  if (part.type === AI_MESH) {
    const { indicator: what, fallbacks } = part.spec;
    if ('good' in indicator || what !== 'errors') {
      throw new Error(
        'a ratio of ai-mesh is written as bad: { indicator: errors } and total: { indicator: requests }',
      );
    }
    if (indicator.total.spec.indicator !== 'requests') {
      throw new Error('total of ai-mesh must be { indicator: requests }');
    }
    if (
      fallbacks !== undefined &&
      fallbacks !== 'bad' &&
      fallbacks !== 'ignored'
    ) {
      throw new Error('fallbacks must be bad or ignored');
    }
    return { kind: 'availability', fallbacksAreBad: fallbacks === 'bad' };
  }
  const series = customSeries(queryOf(part), confine);
  return {
    kind: 'custom',
    description: queryOf(part),
    total: customSeries(queryOf(indicator.total), confine),
    ...('good' in indicator
      ? { good: series, ...(isBucket(series) && { goodIsBucket: true }) }
      : { bad: series }),
  };
}

/** A threshold on a histogram is a ratio of its buckets; on any other value it cannot be weighted by events. */
function thresholdIndicator(
  query: OpenSloQuery,
  { op, value }: NonNullable<OpenSloObjective['threshold']>,
  confine: readonly Matcher[],
): SloIndicator {
  if (op !== 'lte' && op !== 'lt') {
    throw new Error(
      `op must be lte or lt: a histogram counts what is below a bound, not what is above (${op})`,
    );
  }
  if (!(value > 0)) {
    throw new Error('value must be above 0');
  }
  if (query.type === AI_MESH) {
    const { indicator, unit = 'seconds' } = query.spec;
    if (indicator !== 'latency') {
      throw new Error(
        'a threshold of ai-mesh is written as thresholdMetric: { indicator: latency }',
      );
    }
    if (unit !== 'seconds' && unit !== 'milliseconds') {
      throw new Error('unit must be seconds or milliseconds');
    }
    return {
      kind: 'latency',
      thresholdMs: unit === 'seconds' ? value * 1000 : value,
    };
  }
  const series = customSeries(queryOf(query), confine);
  if (!series.metric.endsWith('_bucket')) {
    throw new Error(
      'a threshold needs a histogram (a metric that ends in _bucket), or the type ai-mesh: another value cannot be weighted by events',
    );
  }
  return {
    kind: 'custom',
    description: `${queryOf(query)} ${op === 'lt' ? '<' : '≤'} ${value}`,
    good: { ...series, matchers: [...series.matchers, le(value)] },
    goodIsBucket: true,
    total: { ...series, matchers: [...series.matchers, le(Infinity)] },
  };
}

function isBucket({ matchers }: Series): boolean {
  return matchers.some(matcher => /^le=/.test(matcher));
}

function queryOf({ type, spec }: OpenSloQuery): string {
  if (type !== PROMETHEUS) {
    throw new Error(
      `the metric source's type must be ai-mesh or prometheus, not '${type.slice(0, 40)}'`,
    );
  }
  if (typeof spec.query !== 'string') {
    throw new Error('a metric source of prometheus needs a query');
  }
  return spec.query;
}
