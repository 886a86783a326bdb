import type { Overview } from '@ai-mesh/plugin-ai-mesh-common';
import type { Format } from '../../format';
import type { Translate } from '../../translation';
import { whyUnknown } from '../Figures';

/** The traffic of an entity in one sentence. */
export function trafficSentence(
  overview: Overview,
  format: Format,
  t: Translate,
): string {
  const { requestCount, errorRatio } = overview.traffic.total;
  const window = t(`window.${overview.window}`);
  if (requestCount.status === 'unknown') {
    return requestCount.reason === 'no-traffic'
      ? t('overview.traffic.sentence.quiet', { window })
      : t('overview.traffic.sentence.unknown', {
          reason: whyUnknown(requestCount, t),
        });
  }
  if (requestCount.value === 0) {
    return t('overview.traffic.sentence.quiet', { window });
  }
  const requests = format.requests(requestCount.value);
  if (errorRatio.status === 'unknown') {
    return t('overview.traffic.sentence.errorsUnknown', { window, requests });
  }
  return errorRatio.value === 0
    ? t('overview.traffic.sentence.noErrors', { window, requests })
    : t('overview.traffic.sentence.healthy', {
        window,
        requests,
        errors: format.percent(errorRatio.value),
      });
}

/** The encryption of what an entity receives, in one sentence. */
export function encryptionSentence(
  overview: Overview,
  format: Format,
  t: Translate,
): string {
  const { observed } = overview.mtls;
  if (observed.status === 'unknown') {
    return t('overview.mtls.sentence.unknown', {
      reason: whyUnknown(observed, t),
    });
  }
  const window = t(`window.${overview.window}`);
  const { share, plaintextPerSecond, encryptedPerSecond } = observed.value;
  if (share === 1) {
    return t('overview.mtls.sentence.encrypted', { window });
  }
  return share === 0
    ? t('overview.mtls.sentence.none', { window })
    : t('overview.mtls.sentence.mixed', {
        plaintext: format.calls(plaintextPerSecond),
        encrypted: format.calls(encryptedPerSecond),
      });
}
