import {
  said,
  wording,
  type Endpoints,
  type Health,
  type Measured,
  type Onset,
  type Slowness,
  type Traffic,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { sayClauses } from './clauses';
import { percentOf } from './percentOf';
import { onsetInWords } from './readLately';
import { slownessInWords } from './readSlowness';

/** Over this ratio of errors a service fails. */
export const FAILING_ERROR_RATIO = 0.05;
/** Over this one it is degraded. */
export const DEGRADED_ERROR_RATIO = 0.01;
const DEGRADED_THROTTLED_RATIO = 0.05;

/**
 * A judgement with its figures. Unknown telemetry is never healthy; missing endpoints show even without traffic.
 *
 * @param cutOff - why nobody reaches it, where that is known
 */
export function readHealth(
  traffic: Traffic,
  endpoints?: Measured<Endpoints>,
  slowness?: Slowness,
  onset?: Onset,
  cutOff?: Words,
): Health {
  if (cutOff) {
    return { status: 'failing', ...sayClauses([cutOff]) };
  }
  const { errorRatio, throttledRatio, requestCount } = traffic;
  const count = requestCount.status === 'known' ? requestCount.value : 0;
  const failed = (ratio: number) =>
    wording('call.failed', percentOf(ratio, count));
  if (errorRatio.status === 'known' && errorRatio.value > FAILING_ERROR_RATIO) {
    return {
      status: 'failing',
      ...sayClauses([failed(errorRatio.value)]),
    };
  }
  if (onset?.of === 'errors') {
    return { status: 'failing', ...sayClauses([onsetInWords(onset)]) };
  }
  const wrong: Words[] = slowness ? [slownessInWords(slowness)] : [];
  if (
    errorRatio.status === 'known' &&
    errorRatio.value > DEGRADED_ERROR_RATIO
  ) {
    wrong.push(failed(errorRatio.value));
  }
  if (
    throttledRatio.status === 'known' &&
    throttledRatio.value > DEGRADED_THROTTLED_RATIO
  ) {
    wrong.push(
      wording('call.throttled', percentOf(throttledRatio.value, count)),
    );
  }
  if (onset) {
    wrong.push(onsetInWords(onset));
  }
  if (endpoints?.status === 'known') {
    const { ready, total } = endpoints.value;
    if (ready < total || total === 0) {
      wrong.push(
        total === 0
          ? wording('call.noEndpoints')
          : wording('call.endpoints', { ready, total }),
      );
    }
  }
  if (wrong.length > 0) {
    return {
      status: slowness ? 'slow' : 'degraded',
      ...sayClauses(wrong),
    };
  }
  if (errorRatio.status === 'unknown') {
    return {
      status: 'unknown',
      ...(errorRatio.message
        ? {
            message: errorRatio.message,
            ...(errorRatio.words && { words: errorRatio.words }),
          }
        : said(
            wording(
              'health.unknown',
              {},
              { reason: `unknown.${errorRatio.reason}` },
            ),
          )),
    };
  }
  return {
    status: 'healthy',
    ...sayClauses([failed(errorRatio.value)]),
  };
}
