import type {
  Endpoints,
  Health,
  Measured,
  Onset,
  Slowness,
  Traffic,
} from '@ai-mesh/plugin-ai-mesh-common';
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
 */
export function readHealth(
  traffic: Traffic,
  endpoints?: Measured<Endpoints>,
  slowness?: Slowness,
  onset?: Onset,
): Health {
  const { errorRatio, throttledRatio, requestCount } = traffic;
  const count = requestCount.status === 'known' ? requestCount.value : 0;
  if (errorRatio.status === 'known' && errorRatio.value > FAILING_ERROR_RATIO) {
    return {
      status: 'failing',
      message: `${percentOf(errorRatio.value, count)} failed.`,
    };
  }
  if (onset?.of === 'errors') {
    return { status: 'failing', message: `${onsetInWords(onset)}.` };
  }
  const wrong: string[] = slowness ? [slownessInWords(slowness)] : [];
  if (
    errorRatio.status === 'known' &&
    errorRatio.value > DEGRADED_ERROR_RATIO
  ) {
    wrong.push(`${percentOf(errorRatio.value, count)} failed`);
  }
  if (
    throttledRatio.status === 'known' &&
    throttledRatio.value > DEGRADED_THROTTLED_RATIO
  ) {
    wrong.push(
      `${percentOf(throttledRatio.value, count)} were throttled (429)`,
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
          ? 'it has no endpoints'
          : `${ready} of ${total} endpoints are ready`,
      );
    }
  }
  if (wrong.length > 0) {
    return {
      status: slowness ? 'slow' : 'degraded',
      message: sentence(wrong),
    };
  }
  if (errorRatio.status === 'unknown') {
    return {
      status: 'unknown',
      message:
        errorRatio.message ?? `Errors are unknown: ${errorRatio.reason}.`,
    };
  }
  return {
    status: 'healthy',
    message: `${percentOf(errorRatio.value, count)} failed.`,
  };
}

function sentence(parts: string[]): string {
  const text = parts.join(', ');
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}
