import { inTurns } from '../target/inTurns';
import { chooseReporters, type RateRow, type Reporter } from '../telemetry';
import type { Peer } from './Peer';
import type { PeerNames } from './PeerNames';

/** Everything measured between two peers. */
export interface Call {
  readonly source: Peer;
  readonly target: Peer;
  /** Requests, as every reporter has them. */
  readonly requests: RateRow[];
  /** Requests, each once. */
  readonly counted: RateRow[];
  /** The latency buckets of the counted requests. */
  readonly buckets: RateRow[];
  /** The buckets of the same requests at the times to compare with. */
  readonly usual: RateRow[];
  /** The counted requests of the last minute. */
  readonly lately: RateRow[];
  /** TCP rows, as every reporter has them. */
  readonly tcp: RateRow[];
  /** TCP rows, each once. */
  readonly countedTcp: RateRow[];
  /** Whose numbers count, and how much of them. */
  readonly reporters: Map<Reporter, number>;
}

/**
 * Sorts rows into calls between peers, in turns with other work. Rows of calls that neither requests nor TCP know of are left
 * out, but for those to somebody who was called before and is out of reach now.
 *
 * @param isCutOff - whether nobody reaches a peer, so that what nobody counts may be asked for all the same
 */
export async function callsOf(
  rows: {
    requests: readonly RateRow[];
    buckets: readonly RateRow[];
    usual: readonly RateRow[];
    lately: readonly RateRow[];
    tcp: readonly RateRow[];
  },
  names: PeerNames,
  isCutOff: (peer: Peer) => boolean = () => false,
): Promise<Call[]> {
  const calls = new Map<string, Call>();
  const callOf = (row: RateRow, create: boolean): Call | undefined => {
    const source = names.source(row.labels);
    const target = names.destination(row.labels);
    const id = JSON.stringify([source.id, target.id]);
    const present = calls.get(id);
    if (present || !create) {
      return present;
    }
    const call: Call = {
      source,
      target,
      requests: [],
      counted: [],
      buckets: [],
      usual: [],
      lately: [],
      tcp: [],
      countedTcp: [],
      reporters: new Map(),
    };
    calls.set(id, call);
    return call;
  };
  const count = (row: RateRow, reporter: Reporter | undefined) => {
    const reporters = callOf(row, true)?.reporters;
    if (reporter && reporters) {
      reporters.set(reporter, (reporters.get(reporter) ?? 0) + row.rate);
    }
  };

  await inTurns();
  const requests = chooseReporters(rows.requests);
  await inTurns();
  const tcp = chooseReporters(requests.besideRequests(rows.tcp));
  for (const row of rows.requests) {
    await inTurns();
    callOf(row, true)?.requests.push(row);
  }
  for (const row of rows.tcp) {
    await inTurns();
    callOf(row, true)?.tcp.push(row);
  }
  for (const row of requests.pick(rows.requests)) {
    await inTurns();
    callOf(row, true)?.counted.push(row);
    count(row, requests.of(row));
  }
  for (const row of tcp.pick(requests.besideRequests(rows.tcp))) {
    await inTurns();
    const call = callOf(row, true);
    call?.countedTcp.push(row);
    if (call?.counted.length === 0) {
      count(row, tcp.of(row));
    }
  }
  for (const row of requests.pick(rows.buckets)) {
    await inTurns();
    callOf(row, false)?.buckets.push(row);
  }
  for (const row of requests.pick(rows.usual)) {
    await inTurns();
    callOf(row, false)?.usual.push(row);
  }
  const unreached = rows.usual.filter(
    row =>
      requests.of(row) === undefined && isCutOff(names.destination(row.labels)),
  );
  const before = chooseReporters(unreached);
  for (const row of before.pick(unreached)) {
    callOf(row, true)?.usual.push(row);
    count({ ...row, rate: 0 }, before.of(row));
  }
  for (const row of requests.pick(rows.lately)) {
    await inTurns();
    callOf(row, false)?.lately.push(row);
  }
  // Rows whose reporter is none of Istio's make no edge that a number could stand on.
  return [...calls.values()].filter(
    ({ counted, countedTcp, usual, reporters }) =>
      counted.length + countedTcp.length > 0 ||
      (usual.length > 0 && reporters.size > 0),
  );
}
