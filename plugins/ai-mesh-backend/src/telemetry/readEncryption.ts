import {
  known,
  unknown,
  wording,
  type Encryption,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import { lacksReporter, NO_REPORTER, reporterOf } from './chooseReporters';
import { connectionSecurity } from './connectionSecurity';
import { istioLabels } from './istioLabels';
import { TCP_METRIC_LABEL } from './trafficExpressions';
import { percent } from './percentOf';
import { sumRates, type RateRow } from './RateRow';

/** So much of the traffic may be of unknown security, and a share still be told. */
const LITTLE = 0.01;

/**
 * How much of the traffic was encrypted.
 *
 * Only the called side knows: a caller's report says `unknown`, which is not plaintext. Where a waypoint and the called
 * proxy both report a caller's requests (or connections), the called proxy counts, so that nothing counts twice. A caller
 * with requests through a waypoint may have connections around it too.
 *
 * @param rows - rates of requests, or of TCP connections opened, of **every** reporter
 */
export function readEncryption(rows: readonly RateRow[]): Measured<Encryption> {
  if (rows.length === 0) {
    return unknown('not-exported', [wording('figure.noSeries')]);
  }
  if (lacksReporter(rows)) {
    return unknown('no-such-label', NO_REPORTER);
  }
  const called = calledSide(rows);
  if (called.length === 0) {
    return unknown('not-exported', [wording('figure.onlyCaller')]);
  }
  const encrypted = sumRates(withPolicy(called, 'mutual_tls'));
  const plaintext = sumRates(withPolicy(called, 'none'));
  const total = encrypted + plaintext;
  const all = sumRates(called);
  // A share of the rest would say of all what is known of a part of it.
  if (total > 0 && all - total > LITTLE * all) {
    return unknown('no-such-label', [
      wording('figure.partUntold', {
        share: percent(1 - total / all),
        label: istioLabels.security,
      }),
    ]);
  }
  if (total > 0) {
    return known({
      share: encrypted / total,
      encryptedPerSecond: encrypted,
      plaintextPerSecond: plaintext,
    });
  }
  if (all === 0) {
    return unknown('no-traffic', [wording('figure.noTraffic')]);
  }
  return Number.isNaN(total)
    ? unknown('source-unreachable', [wording('figure.noRate')])
    : unknown('no-such-label', [
        wording('figure.encryptionUntold', { label: istioLabels.security }),
      ]);
}

function withPolicy(
  rows: readonly RateRow[],
  policy: 'mutual_tls' | 'none',
): RateRow[] {
  return rows.filter(
    ({ labels }) =>
      connectionSecurity(labels, TCP_METRIC_LABEL in labels) === policy,
  );
}

/** The called side's reports, one reporter a caller: the called proxy's, else a waypoint's. */
export function calledSide<T extends Pick<RateRow, 'labels'>>(
  rows: readonly T[],
): T[] {
  const destination = rows.filter(row => reporterOf(row) === 'destination');
  const reported = new Set(destination.map(callKey));
  return [
    ...destination,
    ...rows.filter(
      row => reporterOf(row) === 'waypoint' && !reported.has(callKey(row)),
    ),
  ];
}

function callKey({ labels }: Pick<RateRow, 'labels'>): string {
  return JSON.stringify([
    labels[istioLabels.sourceCluster] ?? '',
    labels[istioLabels.sourceNamespace] ?? '',
    labels[istioLabels.sourceWorkload] ?? '',
    labels[istioLabels.destinationServiceNamespace] ?? '',
    labels[istioLabels.destinationService] ?? '',
    TCP_METRIC_LABEL in labels,
  ]);
}
