import {
  known,
  unknown,
  type Latency,
  type TopologyEdge,
  type TopologyNode,
  type Traffic,
} from '@ai-mesh/plugin-ai-mesh-common';
import { readHealth, readSlowness, unknownTraffic } from '../../../telemetry';
import { call, node } from '../outages';
import type { Random } from './Random';

/** A service of a simulated mesh: what it does by itself. */
export interface Part {
  id: string;
  kind: TopologyNode['kind'];
  cluster: string;
  relation: TopologyNode['relation'];
  distance: number;
  /** Milliseconds that it works by itself, at the median. */
  workMs: number;
  /** Errors of its own making, 0..1. */
  errors: number;
}

/** That one calls another. */
export interface Link {
  source: string;
  target: string;
  /** Calls for each request that the source receives. */
  callsEach: number;
  /** How likely a failed call fails the source's own request, 0..1; the rest it can do without. */
  dependence: number;
  retries: number;
  /** The route's limit; none: it waits for ever. */
  timeoutMs?: number;
  /** What goes wrong on the way, whatever the target does. */
  broken?: { errors?: number; throttled?: number; flag?: string };
}

/** A mesh at one time. */
export interface Mesh {
  parts: Part[];
  links: Link[];
  /** Requests per second that enter it. */
  entry: number;
}

interface Doing {
  p50: number;
  p95: number;
  errors: number;
  throttled: number;
  flags: Record<string, number>;
}

/** What the calls of each link, and the answers of each part, come to; parts are in the order of calls. */
export function evaluate({ parts, links, entry }: Mesh) {
  const answers = new Map<string, Doing>();
  const calls = new Map<Link, Doing>();
  for (const part of [...parts].reverse()) {
    const sent = links.filter(({ source }) => source === part.id);
    let works = 1 - part.errors;
    let waits = { p50: part.workMs, p95: part.workMs * 2 };
    for (const link of sent) {
      const done = doingOf(link, answers.get(link.target)!);
      calls.set(link, done);
      const failing = done.errors + done.throttled;
      // A share of the requests may not call it at all.
      works *=
        1 -
        Math.min(1, link.callsEach) *
          failing ** (link.retries + 1) *
          link.dependence;
      const tries = 1 + (link.retries > 0 ? failing : 0);
      waits = {
        p50: waits.p50 + done.p50 * link.callsEach * tries,
        p95: waits.p95 + done.p95 * link.callsEach * tries,
      };
    }
    answers.set(part.id, {
      ...waits,
      errors: 1 - works,
      throttled: 0,
      flags: {},
    });
  }
  return { answers, calls, rates: ratesOf(parts, links, entry, calls) };
}

/** The share of answers that come later than somebody waits, roughly. */
function shareBeyond(timeoutMs: number, { p50, p95 }: Doing): number {
  if (p95 < timeoutMs) {
    return 0;
  }
  return p50 >= timeoutMs ? 0.9 : 0.3;
}

function doingOf({ timeoutMs, broken = {} }: Link, of: Doing): Doing {
  const late = timeoutMs === undefined ? 0 : shareBeyond(timeoutMs, of);
  const lost = broken.errors ?? 0;
  const errors = 1 - (1 - of.errors) * (1 - lost) * (1 - late);
  const within = (ms: number) => Math.min(ms, timeoutMs ?? Infinity);
  return {
    p50: within(of.p50),
    p95: within(of.p95),
    errors,
    throttled: (broken.throttled ?? 0) * (1 - errors),
    flags: {
      ...(late > 0 && { UT: late }),
      ...(lost > 0 && broken.flag && { [broken.flag]: lost }),
    },
  };
}

function ratesOf(
  parts: readonly Part[],
  links: readonly Link[],
  entry: number,
  calls: ReadonlyMap<Link, Doing>,
) {
  const received = new Map(
    parts.map(({ id }, at) => [id, at === 0 ? entry : 0]),
  );
  const sent = new Map<Link, number>();
  for (const part of parts) {
    for (const link of links.filter(({ source }) => source === part.id)) {
      const { errors, throttled } = calls.get(link)!;
      const tries = 1 + Math.min(1, errors + throttled) * link.retries;
      const rate = received.get(part.id)! * link.callsEach * tries;
      sent.set(link, rate);
      received.set(link.target, received.get(link.target)! + rate);
    }
  }
  return { received, sent };
}

const WINDOW_SECONDS = 300;

/** Istio's default bounds, milliseconds. */
const bounds = [
  0, 0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000,
  60_000, 300_000, 600_000, 1_800_000, 3_600_000,
];

/** A percentile as Istio's histogram tells it: somewhere in the true value's bucket. */
function measuredLatency(trueMs: number, random: Random): Latency {
  const at = Math.max(
    1,
    bounds.findIndex(bound => bound > trueMs),
  );
  const [lower, upper] = [bounds[at - 1], bounds[at]];
  // Within a bucket the interpolation knows the order of requests and nothing of their times.
  const blurred = trueMs + (random.between(-0.25, 0.25) * (upper - lower)) / 2;
  return {
    valueMs: Math.min(upper, Math.max(lower, blurred)),
    lowerBoundMs: lower,
    upperBoundMs: upper,
  };
}

function measured(doing: Doing, rate: number, random: Random): Traffic {
  const count = Math.round(rate * WINDOW_SECONDS);
  if (count === 0) {
    return unknownTraffic('no-traffic');
  }
  const share = (ratio: number) => random.share(ratio, count);
  const noise = () => random.between(0.9, 1.1);
  const p50 = known(measuredLatency(doing.p50 * noise(), random));
  const p95 = known(measuredLatency(doing.p95 * noise(), random));
  return {
    requestsPerSecond: known(rate),
    requestCount: known(count),
    errorRatio: known(share(doing.errors)),
    throttledRatio: known(share(doing.throttled)),
    p50,
    p95,
    p99: unknown('not-exported'),
    responseFlags: Object.fromEntries(
      Object.entries(doing.flags).map(([flag, ratio]) => [
        flag,
        share(ratio) * rate,
      ]),
    ),
  };
}

/** The topology of a mesh as the portal would measure it, compared with the same mesh an hour before. */
export function observe(before: Mesh, now: Mesh, random: Random) {
  const then = evaluate(before);
  const today = evaluate(now);
  const slowness = (
    traffic: Traffic,
    usual: Doing | undefined,
    rate: number,
  ) => {
    const was = usual && measured(usual, rate, random);
    return was
      ? readSlowness(traffic, {
          'hour-before': { ...was, requests: rate * 3600 },
        })
      : undefined;
  };
  const edges: TopologyEdge[] = now.links.map(link => {
    const traffic = measured(
      today.calls.get(link)!,
      today.rates.sent.get(link)!,
      random,
    );
    const old = before.links.find(
      ({ source, target }) => source === link.source && target === link.target,
    );
    const slow = slowness(
      traffic,
      old && then.calls.get(old),
      old ? then.rates.sent.get(old)! : 0,
    );
    return {
      ...call(`${link.source}>${link.target}`),
      traffic,
      ...(slow && { slowness: slow }),
    };
  });
  const nodes: TopologyNode[] = now.parts.map(part => {
    const { kind, cluster, relation, distance } = part;
    // What it is called with is what it is judged by, as the callers' proxies report it; whom nobody calls, by itself.
    const received = now.links.filter(({ target }) => target === part.id);
    const doing = together(
      received.map(link => ({
        doing: today.calls.get(link)!,
        rate: today.rates.sent.get(link)!,
      })),
      today.answers.get(part.id)!,
    );
    const usual = together(
      before.links
        .filter(({ target }) => target === part.id)
        .map(link => ({
          doing: then.calls.get(link)!,
          rate: then.rates.sent.get(link)!,
        })),
      then.answers.get(part.id)!,
    );
    const traffic = measured(doing, today.rates.received.get(part.id)!, random);
    const slow = slowness(traffic, usual, then.rates.received.get(part.id)!);
    return node(
      part.id,
      {},
      {
        kind,
        cluster,
        relation,
        distance,
        traffic,
        health: readHealth(traffic, undefined, slow),
        ...(slow && { slowness: slow }),
      },
    );
  });
  const patience = new Map(
    now.links.flatMap(({ target, timeoutMs }) =>
      timeoutMs === undefined ? [] : [[target, timeoutMs] as const],
    ),
  );
  return { nodes, edges, patience };
}

function together(
  calls: readonly { doing: Doing; rate: number }[],
  alone: Doing,
): Doing {
  const total = calls.reduce((sum, { rate }) => sum + rate, 0);
  if (total === 0) {
    return alone;
  }
  const mean = (of: (doing: Doing) => number) =>
    calls.reduce((sum, { doing, rate }) => sum + of(doing) * rate, 0) / total;
  const flags = [
    ...new Set(calls.flatMap(({ doing }) => Object.keys(doing.flags))),
  ];
  return {
    p50: mean(({ p50 }) => p50),
    p95: Math.max(...calls.map(({ doing }) => doing.p95)),
    errors: mean(({ errors }) => errors),
    throttled: mean(({ throttled }) => throttled),
    flags: Object.fromEntries(
      flags.map(flag => [flag, mean(doing => doing.flags[flag] ?? 0)]),
    ),
  };
}
