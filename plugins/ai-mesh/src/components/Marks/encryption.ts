import type { Encryption, Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { Format } from '../../format';
import type { Translate } from '../../translation';
import { whyUnknown } from '../Figures';

/** How a call is protected, as far as was observed. */
export type Protection = 'encrypted' | 'plaintext' | 'mixed' | 'unknown';

/** One plaintext request makes a call `mixed`: only everything is `encrypted`. */
export function protectionOf(encryption: Measured<Encryption>): Protection {
  if (encryption.status === 'unknown') {
    return 'unknown';
  }
  const { share } = encryption.value;
  if (share === 1) {
    return 'encrypted';
  }
  return share === 0 ? 'plaintext' : 'mixed';
}

/** The protection in words. */
export function describeEncryption(
  encryption: Measured<Encryption>,
  format: Format,
  t: Translate,
): string {
  if (encryption.status === 'unknown') {
    return t('encryption.unknown', { reason: whyUnknown(encryption, t) });
  }
  const protection = protectionOf(encryption);
  return protection === 'mixed'
    ? t('encryption.mixed', {
        percent: format.percent(encryption.value.share),
      })
    : t(`encryption.${protection as 'encrypted' | 'plaintext'}`);
}
