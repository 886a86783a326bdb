import { clientOf } from '../../../prometheus/__testUtils__/clientOf';
import {
  above,
  divide,
  eq,
  histogramQuantile,
  matches,
  minus,
  or,
  rate,
  selector,
  sumBy,
  valueBefore,
  type Expr,
  type Selector,
} from '../../../prometheus/promql';
import { istioLabels, istioMetrics } from '../../../telemetry/istioLabels';
import { SCRAPE_SECONDS, type PlayedSandbox } from './playSandbox';

/** A ztunnel's flag of a connection that it could not make. */
const NOT_CONNECTED = 'CONNECT';
/** As the product calls failing or slow: more than one call in twenty, and twice as long as it used to. */
const BAD_RATIO = 0.05;
const SLOW_FACTOR = 2;
const USUAL_SECONDS = 600;

/**
 * The first scrape, after it began, that shows a culprit's calls going wrong: of those that ended since the scrape before more
 * than one in twenty failed or was throttled, or their p95 is twice what it used to be; or of the connections that were tried more
 * than one in twenty were not made. A call is counted when it ends, so that one that takes long is seen as much later.
 *
 * @param names - of the called services
 * @returns when; undefined where no scrape does
 */
export async function firstBadScrape(
  prometheus: { url: string },
  names: readonly string[],
  { beganAt, endedAt }: Pick<PlayedSandbox, 'beganAt' | 'endedAt'>,
): Promise<Date | undefined> {
  const client = clientOf(prometheus);
  const signs = await Promise.all(
    names.map(async name => {
      const usual = await client.query(tookUsually(name), { at: beganAt });
      const [p95] = usual.samples;
      return or(
        fails(name),
        isRefused(name),
        ...(p95 ? [isSlow(name, p95.value)] : []),
      );
    }),
  );
  const stepMs = SCRAPE_SECONDS.short * 1000;
  for (
    let ms = beganAt.getTime() + stepMs;
    ms <= endedAt.getTime();
    ms += stepMs
  ) {
    const at = new Date(ms);
    const answers = await Promise.all(
      signs.map(sign => client.query(sign, { at })),
    );
    if (answers.some(({ samples }) => samples.length > 0)) {
      return at;
    }
  }
  return undefined;
}

function tookUsually(name: string): Expr {
  return histogramQuantile(
    0.95,
    sumBy([istioLabels.bucket], rate(bucketsOf(name), USUAL_SECONDS)),
  );
}

function fails(name: string): Expr {
  const called = eq(istioLabels.destinationService, name);
  const requests = selector(istioMetrics.requests, called);
  const wrong = selector(
    istioMetrics.requests,
    called,
    matches(istioLabels.responseCode, '0|429|5..'),
  );
  return above(divide(ended(wrong), ended(requests)), BAD_RATIO);
}

function isRefused(name: string): Expr {
  const called = eq(istioLabels.destinationService, name);
  const tried = selector(istioMetrics.connectionsOpened, called);
  const failed = selector(
    istioMetrics.connectionsClosed,
    called,
    eq(istioLabels.responseFlags, NOT_CONNECTED),
  );
  return above(divide(ended(failed), ended(tried)), BAD_RATIO);
}

function isSlow(name: string, usualMs: number): Expr {
  return above(
    histogramQuantile(0.95, ended(bucketsOf(name), [istioLabels.bucket])),
    SLOW_FACTOR * usualMs,
  );
}

function bucketsOf(name: string): Selector {
  return selector(
    istioMetrics.durationBuckets,
    eq(istioLabels.destinationService, name),
  );
}

/** Calls that ended since the scrape before, the first of their kind among them. */
function ended(series: Selector, by: readonly string[] = []): Expr {
  const now = sumBy(by, series);
  const before = sumBy(by, valueBefore(series, SCRAPE_SECONDS.short));
  return or(minus(now, before), now);
}
