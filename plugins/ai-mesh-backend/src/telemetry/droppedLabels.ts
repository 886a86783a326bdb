import {
  countBy,
  eq,
  oneOf,
  or,
  selector,
  tag,
  type Expr,
  type Matcher,
} from '../prometheus/promql';
import {
  said,
  wording,
  type Measured,
  type Sentences,
} from '@ai-mesh/plugin-ai-mesh-common';
import { CALLER_LABELS, untoldCallers } from './chooseReporters';
import type { RateRow } from './RateRow';
import type { RateSource } from './RecordedTelemetry';
import { istioLabels, istioMetrics } from './istioLabels';
import type { NamespacedName } from './TrafficScope';

/** Names a label that series lack. */
export const LACKED_LABEL = 'lacks';

/** What proxies have always written, if only `unknown`: without one somebody has dropped it. */
const ALWAYS_WRITTEN = [
  istioLabels.reporter,
  istioLabels.destinationService,
  istioLabels.destinationServiceNamespace,
  istioLabels.destinationHost,
  istioLabels.destinationWorkload,
  istioLabels.destinationWorkloadNamespace,
  istioLabels.destinationVersion,
  istioLabels.sourceWorkload,
  istioLabels.sourceNamespace,
  istioLabels.protocol,
  istioLabels.responseCode,
  istioLabels.responseFlags,
  istioLabels.security,
];

const KEEP_MS = 60_000;

/**
 * Where nothing was found of services: says of the answer which labels the series of their namespaces lack, by which
 * something may not have been found. One question more, only then.
 */
export async function remarkDroppedLabels(
  telemetry: RateSource,
  services: readonly NamespacedName[],
): Promise<void> {
  if (services.length === 0) {
    return;
  }
  const namespaces = [...new Set(services.map(({ namespace }) => namespace))];
  const rows = await telemetry.rates(
    'dropped-labels',
    droppedLabelsQuery(namespaces),
    { keepForMs: KEEP_MS },
  );
  telemetry.remark(
    rows.status === 'known' ? whatLacks(rows.value, namespaces) : undefined,
  );
}

/** Says of requests, as every proxy reported them, that their callers cannot be told apart, where that is so. */
export function remarkUntoldCallers(
  telemetry: Pick<RateSource, 'remark'>,
  requests: Measured<readonly RateRow[]>,
): void {
  const untold =
    requests.status === 'known' ? untoldCallers(requests.value) : undefined;
  telemetry.remark(untold && said(untold));
}

/** Which labels series lack, by the answer to a question here; undefined where they have all. */
export function whatLacks(
  rows: readonly { labels: Readonly<Record<string, string>> }[],
  namespaces: readonly string[],
): Sentences | undefined {
  const lacked = rows.flatMap(({ labels }) => labels[LACKED_LABEL] ?? []);
  return lacked.length > 0
    ? said(
        wording(lacked.length > 1 ? 'source.lackLabels' : 'source.lackLabel', {
          namespaces: namespaces.join(', '),
          labels: lacked.sort().join(', '),
        }),
      )
    : undefined;
}

/** Which of the labels that tell callers apart are missing in some series of requests. */
export function untoldCallersQuery(requests: readonly Matcher[]): Expr {
  const [first, ...more] = CALLER_LABELS.map(label =>
    lacking(label, ...requests),
  );
  return or(first, ...more);
}

/**
 * Which of the labels that proxies always write are missing in some series of namespaces. These are told by the workloads
 * that answered, or by the service where it is their namespace that is missing.
 *
 * @param others - further labels by which something was asked for
 */
export function droppedLabelsQuery(
  namespaces: readonly string[],
  others: readonly string[] = [],
): Expr {
  const [first, ...more] = [...ALWAYS_WRITTEN, ...others].map(label => {
    const there = oneOf(
      label === istioLabels.destinationWorkloadNamespace
        ? istioLabels.destinationServiceNamespace
        : istioLabels.destinationWorkloadNamespace,
      namespaces,
    );
    return lacking(label, there);
  });
  return or(first, ...more);
}

function lacking(label: string, ...requests: readonly Matcher[]): Expr {
  return tag(
    countBy([], selector(istioMetrics.requests, ...requests, eq(label, ''))),
    LACKED_LABEL,
    label,
  );
}
