import {
  known,
  said,
  wording,
  wordsOf,
  type Authorization,
  type Caller,
  type DeniedCaller,
  type Measured,
  type ServiceDecision,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { RangeSeries } from '../../prometheus/PrometheusClient';
import { istioLabels, named } from '../../telemetry/istioLabels';
import { firstOf } from '../firstOf';
import { RESPONSE_DETAILS } from '../encryptionQueries';
import { callerOf, isTo, withoutDoubles } from '../callerRows';
import type { NamespacedName } from '../../telemetry/TrafficScope';
import { addTo } from '../../kubernetes/addTo';

/** More rows than a person would read. */
const MOST_DENIED = 1000;

/**
 * The callers that got a 403 over the look-back, the thousand most refused, and who said it: metrics do not tell the mesh's
 * refusal from the application's own, so what the policies say today is held beside it.
 *
 * @param decisionsOf - what the policies say to each kind of request of a caller
 */
export function deniedCallers(
  cluster: string,
  series: Measured<readonly RangeSeries[]>,
  service: NamespacedName,
  decisionsOf: (caller: Caller) => readonly ServiceDecision[],
): Pick<Authorization, 'denied' | 'moreDenied'> {
  if (series.status === 'unknown') {
    return { denied: series };
  }
  const byCaller = new Map<string, RangeSeries[]>();
  for (const row of series.value.filter(({ labels }) =>
    isTo(labels, service),
  )) {
    const { id } = callerOf(row.labels);
    addTo(byCaller, id, row);
  }
  const { shown, more } = firstOf(
    [...byCaller.values()]
      .map(withoutDoubles)
      .map(rows => ({ rows, count: countOf(rows) }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count),
    MOST_DENIED,
  );
  return {
    denied: known(
      shown.map(({ rows, count }) =>
        describe(cluster, rows, count, decisionsOf),
      ),
    ),
    ...(more !== undefined && { moreDenied: more }),
  };
}

function countOf(rows: readonly RangeSeries[]): number {
  return rows
    .flatMap(({ values }) => values)
    .reduce((sum, [, value]) => sum + (value > 0 ? value : 0), 0);
}

function describe(
  cluster: string,
  rows: readonly RangeSeries[],
  count: number,
  decisionsOf: (caller: Caller) => readonly ServiceDecision[],
): DeniedCaller {
  const caller = { cluster, ...callerOf(rows[0].labels) };
  const times = rows
    .flatMap(({ values }) => values.filter(([, value]) => value > 0))
    .map(([time]) => time);
  const details = rows
    .map(({ labels }) => named(labels, RESPONSE_DETAILS))
    .find(text => text?.startsWith('rbac_access_denied'));
  const external = rows.some(({ labels }) =>
    (labels[istioLabels.responseFlags] ?? '').split(',').includes('UAEX'),
  );
  return {
    caller,
    count,
    ...(times.length > 0 && {
      lastAt: new Date(
        times.reduce((a, b) => Math.max(a, b)) * 1000,
      ).toISOString(),
    }),
    ...(details !== undefined && { details }),
    ...blame(details, external, decisionsOf(caller)),
  };
}

function blame(
  details: string | undefined,
  external: boolean,
  decisions: readonly ServiceDecision[],
): Pick<DeniedCaller, 'by' | 'message' | 'words'> {
  if (external) {
    return { by: 'external', ...said(wording('denied.external')) };
  }
  if (details !== undefined) {
    return { by: 'policy', ...said(wording('denied.proxySays', { details })) };
  }
  const refused = decisions.find(({ verdict }) => verdict === 'denied');
  if (decisions.every(({ verdict }) => verdict === 'denied') && refused) {
    return { by: 'policy', ...said(...wordsOf(refused)) };
  }
  if (decisions.every(({ verdict }) => verdict === 'allowed')) {
    return {
      by: 'application',
      ...said(wording('denied.application')),
    };
  }
  return {
    by: 'undecided',
    ...said(wording('denied.undecided')),
  };
}
