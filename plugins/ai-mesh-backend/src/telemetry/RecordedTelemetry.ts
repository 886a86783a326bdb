import {
  known,
  type Measured,
  type QueryTrace,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { QueryOptions, RangeSeries } from '../prometheus/PrometheusClient';
import type { Expr } from '../prometheus/promql';
import type { ClusterTelemetry } from './ClusterTelemetry';
import type { RateRow } from './RateRow';

/** What one gathers rates through. */
export type RateSource = Pick<ClusterTelemetry, 'rates' | 'remark'>;

/** Evenly spaced moments, both ends included. */
export interface TimeRange {
  start: Date;
  end: Date;
  stepSeconds: number;
}

/**
 * Gathers once over a span, and then again for each of its moments without asking anything more. Who gathers must ask
 * the same kinds of questions in the same order each time; what a later question is about is taken from the first time,
 * when everything that was ever seen in the span was there to be asked about.
 */
export class RecordedTelemetry {
  readonly #telemetry: Pick<ClusterTelemetry, 'series' | 'remark'>;
  readonly #range: TimeRange;
  readonly #answers = new Map<
    QueryTrace['id'],
    Promise<Measured<RangeSeries[]>>[]
  >();

  constructor(
    telemetry: Pick<ClusterTelemetry, 'series' | 'remark'>,
    range: TimeRange,
  ) {
    this.#telemetry = telemetry;
    this.#range = range;
  }

  /** Asks; each row is the mean over the moments that have it. */
  record(): RateSource {
    return {
      rates: async (id, expression) => {
        const asked = this.#ask(id, expression);
        this.#answers.set(id, [...(this.#answers.get(id) ?? []), asked]);
        return rowsOf(await asked, mean);
      },
      remark: said => this.#telemetry.remark(said),
    };
  }

  /** Answers for one moment from what was recorded. */
  at(moment: Date): RateSource {
    const asked = new Map<QueryTrace['id'], number>();
    const seconds = moment.getTime() / 1000;
    return {
      rates: async (
        id: QueryTrace['id'],
        _: Expr | undefined,
        __?: QueryOptions,
      ) => {
        const nth = asked.get(id) ?? 0;
        asked.set(id, nth + 1);
        const answer = await this.#answers.get(id)?.[nth];
        return answer
          ? rowsOf(answer, values => values.find(([at]) => at === seconds)?.[1])
          : known([]);
      },
      remark: () => undefined,
    };
  }

  #ask(
    id: QueryTrace['id'],
    expression: Expr | undefined,
  ): Promise<Measured<RangeSeries[]>> {
    return this.#telemetry.series(id, expression, this.#range);
  }
}

function rowsOf(
  answer: Measured<RangeSeries[]>,
  rateOf: (values: RangeSeries['values']) => number | undefined,
): Measured<RateRow[]> {
  return answer.status === 'known'
    ? known(
        answer.value.flatMap(({ labels, values }) => {
          const rate = rateOf(values);
          return rate === undefined ? [] : [{ labels, rate }];
        }),
      )
    : answer;
}

function mean(values: RangeSeries['values']): number | undefined {
  const finite = values.filter(([, value]) => Number.isFinite(value));
  return finite.length > 0
    ? finite.reduce((sum, [, value]) => sum + value, 0) / finite.length
    : undefined;
}
