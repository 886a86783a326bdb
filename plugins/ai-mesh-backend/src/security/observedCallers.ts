import {
  known,
  unknown,
  wording,
  type Measured,
  type ObservedMtls,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { RangeSeries } from '../prometheus/PrometheusClient';
import { connectionSecurity } from '../telemetry/connectionSecurity';
import { istioLabels } from '../telemetry/istioLabels';
import type { RateRow } from '../telemetry/RateRow';
import type { NamespacedName } from '../telemetry/TrafficScope';
import { callerOf, isTo, withoutDoubles } from './callerRows';
import { COUNTED_LABEL, type Counted } from './encryptionQueries';
import type { LookBack } from './LookBack';

/** A caller as the called side's reports name it. */
export interface ObservedCaller {
  readonly id: string;
  /** Where it is another than the called side's. */
  readonly cluster?: string;
  readonly namespace?: string;
  readonly workload?: string;
  /** Without `spiffe://`. */
  readonly principal?: string;
  /** Unknown where nobody reported whether its calls were encrypted. */
  readonly mtls: Measured<ObservedMtls>;
}

export interface Observation {
  /** Of the encryption query. */
  readonly series: Measured<readonly RangeSeries[]>;
  /** Of the same query at this moment. */
  readonly now: Measured<readonly RateRow[]>;
  readonly at: Date;
  readonly lookBack: LookBack;
}

type Labels = Readonly<Record<string, string>>;

/** Who called a service over the look-back, and how: the most plaintext first. */
export function observedCallers(
  observation: Observation,
  service: NamespacedName,
): Measured<ObservedCaller[]> {
  const { series, now } = observation;
  if (series.status === 'unknown') {
    return series;
  }
  const calls = series.value.filter(({ labels }) => isTo(labels, service));
  const rates =
    now.status === 'known'
      ? now.value.filter(({ labels }) => isTo(labels, service))
      : [];
  // A service that was first called since the range's last point is in the rates only.
  const reports = [...calls, ...rates];
  if (reports.length === 0) {
    return unknown('not-exported', [wording('mtls.nothingReported')]);
  }
  const callers = [...byCaller(calls, rates)]
    .map(([, rows]) => reportedByCalled(rows))
    .filter(hasCalled)
    .map(rows => ({
      ...nameOf([...rows.series, ...rows.now]),
      mtls: mtlsOf(rows, observation),
    }))
    .sort(byPlaintext);
  return callers.length === 0
    ? unknown('no-traffic', [wording('mtls.nobodyCalled')])
    : known(callers);
}

/** The callers that only their own side tells of: what they sent has not arrived, or nobody there reports. */
export function isUnanswered({ mtls }: Pick<ObservedCaller, 'mtls'>): boolean {
  return mtls.status === 'unknown' && mtls.reason === 'not-exported';
}

/** Most plaintext first, then those of whom nobody knows, then the encrypted ones. */
function byPlaintext({ mtls: a }: ObservedCaller, { mtls: b }: ObservedCaller) {
  const figures = (mtls: Measured<ObservedMtls>) =>
    mtls.status === 'known' ? mtls.value : { plaintext: 0, encrypted: 0 };
  const [one, other] = [figures(a), figures(b)];
  return (
    other.plaintext - one.plaintext ||
    Number(b.status === 'unknown') - Number(a.status === 'unknown') ||
    other.encrypted - one.encrypted
  );
}

/** What the called side, or a waypoint before it, reported counts before what the caller's did. */
function reportedByCalled(rows: CallerRows): CallerRows {
  const there = <T extends { labels: Labels }>(all: readonly T[]) =>
    all.filter(({ labels }) => labels[istioLabels.reporter] !== 'source');
  const called = { series: there(rows.series), now: there(rows.now) };
  return hasCalled(called) ? called : rows;
}

function hasCalled({ series, now }: CallerRows): boolean {
  return (
    series.some(({ values }) => values.some(([, value]) => value > 0)) ||
    now.some(({ rate }) => rate > 0)
  );
}

function mtlsOf(
  rows: CallerRows,
  observation: Observation,
): Measured<ObservedMtls> {
  const all = [...rows.series, ...rows.now];
  if (all.some(({ labels }) => labels[istioLabels.reporter] === 'source')) {
    return unknown('not-exported', [wording('mtls.onlyCallerSide')]);
  }
  return all.some(({ labels }) => policyOf(labels))
    ? known(summarize(rows, observation.now, observation))
    : unknown('no-such-label', [
        wording('mtls.noSecurityLabelOfCalls', { label: istioLabels.security }),
      ]);
}

interface CallerRows {
  series: RangeSeries[];
  now: RateRow[];
}

function byCaller(
  series: readonly RangeSeries[],
  now: readonly RateRow[],
): Map<string, CallerRows> {
  const callers = new Map<string, CallerRows>();
  const rowsOf = (labels: Labels) => {
    const { id } = callerOf(labels);
    const rows = callers.get(id) ?? { series: [], now: [] };
    callers.set(id, rows);
    return rows;
  };
  series.forEach(row => rowsOf(row.labels).series.push(row));
  now.forEach(row => rowsOf(row.labels).now.push(row));
  return callers;
}

/** The name of a caller's rows; the principal may be in some of them only. */
function nameOf(rows: readonly { labels: Labels }[]) {
  const [name, ...more] = rows.map(({ labels }) => callerOf(labels));
  const principal = [name, ...more].find(other => other.principal)?.principal;
  return { ...name, ...(principal !== undefined && { principal }) };
}

function summarize(
  rows: CallerRows,
  nowAnswer: Observation['now'],
  { at, lookBack }: Observation,
): ObservedMtls {
  const series = withoutDoubles(rows.series);
  const now = withoutDoubles(rows.now);
  // The range's last point may be older than the caller.
  const countOf = (policy: Policy) => {
    const { requests, connections } = totals(series, policy);
    return Math.max(
      requests + connections,
      rateOf(now, policy) * lookBack.recentSeconds,
    );
  };
  const encrypted = countOf('mutual_tls');
  const plaintext = countOf('none');
  const rate = rateOf(now, 'none');
  const last = rate > 0 ? at.getTime() : lastSeen(series, 'none');
  return {
    share: plaintext > 0 ? 1 - plaintext / (encrypted + plaintext) : 1,
    encrypted,
    plaintext,
    plaintextConnections: totals(series, 'none').connections,
    plaintextPerSecond:
      nowAnswer.status === 'unknown' ? nowAnswer : known(rate),
    ...(last !== undefined && {
      lastPlaintextAt: new Date(last).toISOString(),
    }),
    resolutionSeconds: lookBack.recentSeconds,
  };
}

/** Connections that are older than the look-back opened none in it, but bytes went through them: at least one. */
function totals(
  series: readonly RangeSeries[],
  policy: Policy,
): { requests: number; connections: number } {
  const sum = (counted: Counted) =>
    series
      .filter(({ labels }) => policyOf(labels) === policy)
      .filter(({ labels }) => labels[COUNTED_LABEL] === counted)
      .flatMap(({ values }) => values)
      .reduce((total, [, value]) => total + (value > 0 ? value : 0), 0);
  return {
    requests: sum('requests'),
    connections: Math.max(sum('connections'), sum('bytes') > 0 ? 1 : 0),
  };
}

function rateOf(rows: readonly RateRow[], policy: Policy): number {
  return rows
    .filter(({ labels }) => policyOf(labels) === policy)
    .filter(({ labels }) => labels[COUNTED_LABEL] !== 'bytes')
    .reduce((total, { rate }) => total + (rate > 0 ? rate : 0), 0);
}

/** Milliseconds: the end of the last step in which anything was counted. */
function lastSeen(
  series: readonly RangeSeries[],
  policy: Policy,
): number | undefined {
  const times = series
    .filter(({ labels }) => policyOf(labels) === policy)
    .flatMap(({ values }) => values.filter(([, value]) => value > 0))
    .map(([time]) => time * 1000);
  return times.length > 0 ? times.reduce((a, b) => Math.max(a, b)) : undefined;
}

type Policy = 'mutual_tls' | 'none';

function policyOf(labels: Labels): Policy | undefined {
  return connectionSecurity(labels, labels[COUNTED_LABEL] !== 'requests');
}
