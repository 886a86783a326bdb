import {
  known,
  unknown,
  type Encryption,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import { reporterOf } from './chooseReporters';
import { istioLabels } from './istioLabels';
import { sumRates, type RateRow } from './RateRow';

/**
 * How much of the traffic was encrypted.
 *
 * Only the called side knows: a caller's report says `unknown`, which is not plaintext. Where a waypoint and the called
 * proxy both report, the called proxy counts, so that nothing counts twice.
 *
 * @param rows - rates of requests, or of TCP connections opened, of **every** reporter
 */
export function readEncryption(rows: readonly RateRow[]): Measured<Encryption> {
  if (rows.length === 0) {
    return unknown(
      'not-exported',
      'Prometheus has no series for it in the window.',
    );
  }
  const destination = rows.filter(row => reporterOf(row) === 'destination');
  const called = destination.length
    ? destination
    : rows.filter(row => reporterOf(row) === 'waypoint');
  if (called.length === 0) {
    return unknown(
      'not-exported',
      'Only the calling proxy reported, and it cannot tell: the called side has no proxy that reports.',
    );
  }
  const encrypted = sumRates(withPolicy(called, 'mutual_tls'));
  const plaintext = sumRates(withPolicy(called, 'none'));
  const total = encrypted + plaintext;
  if (total > 0) {
    return known({
      share: encrypted / total,
      encryptedPerSecond: encrypted,
      plaintextPerSecond: plaintext,
    });
  }
  if (sumRates(called) === 0) {
    return unknown('no-traffic', 'No traffic in the window.');
  }
  return Number.isNaN(total)
    ? unknown(
        'source-unreachable',
        'Prometheus answered something that is not a rate.',
      )
    : unknown(
        'no-such-label',
        `The called side's reports do not say it in the label ${istioLabels.security}.`,
      );
}

function withPolicy(rows: readonly RateRow[], policy: string): RateRow[] {
  return rows.filter(row => row.labels[istioLabels.security] === policy);
}
