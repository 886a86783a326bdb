import {
  known,
  unknown,
  type Latency,
  type TopologyEdge,
  type TopologyNode,
  type Traffic,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  LATELY_SECONDS,
  readHealth,
  readOnset,
  readSlowness,
  unknownTraffic,
  type Lately,
} from '../../../telemetry';
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

export const WINDOW_SECONDS = 300;

type Evaluated = ReturnType<typeof evaluate>;

/** A window of which only a share is as it is now. */
function mixed(
  then: Evaluated,
  today: Evaluated,
  share: number,
  meshes: { before: Mesh; now: Mesh },
): Evaluated {
  if (share >= 1) {
    return today;
  }
  const between = (was: number, is: number) => was + (is - was) * share;
  const answers = new Map<string, Doing>();
  const received = new Map<string, number>();
  for (const { id } of meshes.now.parts) {
    const [was, is] = [then, today].map(({ rates }) => rates.received.get(id)!);
    answers.set(
      id,
      blend([
        { doing: then.answers.get(id)!, weight: was * (1 - share) },
        { doing: today.answers.get(id)!, weight: is * share },
      ]),
    );
    received.set(id, between(was, is));
  }
  const calls = new Map<Link, Doing>();
  const sent = new Map<Link, number>();
  meshes.now.links.forEach((link, at) => {
    const old = meshes.before.links[at];
    const [was, is] = [then.rates.sent.get(old)!, today.rates.sent.get(link)!];
    calls.set(
      link,
      blend([
        { doing: then.calls.get(old)!, weight: was * (1 - share) },
        { doing: today.calls.get(link)!, weight: is * share },
      ]),
    );
    sent.set(link, between(was, is));
  });
  return { answers, calls, rates: { received, sent } };
}

/** Answers of two kinds together: the slower ones are where the percentiles are, as far as there are enough of them. */
function blend(parts: readonly { doing: Doing; weight: number }[]): Doing {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) {
    return parts[parts.length - 1].doing;
  }
  const mean = (of: (doing: Doing) => number) =>
    parts.reduce((sum, { doing, weight }) => sum + of(doing) * weight, 0) /
    total;
  const flags = new Set(parts.flatMap(({ doing }) => Object.keys(doing.flags)));
  return {
    p50: percentileOf(parts, total, 0.5),
    p95: percentileOf(parts, total, 0.95),
    errors: mean(({ errors }) => errors),
    throttled: mean(({ throttled }) => throttled),
    flags: Object.fromEntries(
      [...flags].map(flag => [flag, mean(doing => doing.flags[flag] ?? 0)]),
    ),
  };
}

/** How much of a kind takes longer than a time: half at its median, a twentieth at its 95th percentile, straight between. */
function shareAbove({ p50, p95 }: Doing, ms: number): number {
  if (ms <= p50) {
    return Math.min(1, 1 - (0.5 * ms) / Math.max(p50, 1e-9));
  }
  const beyond = 0.5 - (0.45 * (ms - p50)) / Math.max(p95 - p50, 1e-9);
  return Math.max(0, beyond);
}

function percentileOf(
  parts: readonly { doing: Doing; weight: number }[],
  total: number,
  quantile: number,
): number {
  let low = 0;
  let high = Math.max(...parts.map(({ doing }) => doing.p95)) * 1.2;
  for (let halving = 0; halving < 40; halving++) {
    const middle = (low + high) / 2;
    const above = parts.reduce(
      (sum, { doing, weight }) => sum + shareAbove(doing, middle) * weight,
      0,
    );
    if (above / total > 1 - quantile) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return high;
}

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

function latencies(doing: Doing, random: Random) {
  const noise = () => random.between(0.9, 1.1);
  return {
    p50: known(measuredLatency(doing.p50 * noise(), random)),
    p95: known(measuredLatency(doing.p95 * noise(), random)),
  };
}

/** Requests that were counted, by how they went. */
interface Counted {
  requests: number;
  errors: number;
  throttled: number;
  flags: Record<string, number>;
}

/** What scrapes of so many seconds count, as `rate` extends it to the window. */
function counted(
  doing: Doing,
  rate: number,
  { seen, window }: { seen: number; window: number },
  random: Random,
): Counted {
  const requests = Math.round(rate * seen);
  const extended = (ratio: number) =>
    (random.count(ratio, requests) * window) / seen;
  return {
    requests: (requests * window) / seen,
    errors: extended(doing.errors),
    throttled: extended(doing.throttled),
    flags: Object.fromEntries(
      Object.entries(doing.flags).map(([flag, ratio]) => [
        flag,
        extended(ratio),
      ]),
    ),
  };
}

function sumOf(all: readonly Counted[]): Counted {
  const sum = (of: (one: Counted) => number) =>
    all.reduce((total, one) => total + of(one), 0);
  const flags = new Set(all.flatMap(one => Object.keys(one.flags)));
  return {
    requests: sum(({ requests }) => requests),
    errors: sum(({ errors }) => errors),
    throttled: sum(({ throttled }) => throttled),
    flags: Object.fromEntries(
      [...flags].map(flag => [flag, sum(one => one.flags[flag] ?? 0)]),
    ),
  };
}

/** The last minute of a window, and what was before it. */
interface Spans {
  lately: Counted;
  before: Counted;
}

function trafficOf(
  { lately, before }: Spans,
  doing: Doing,
  random: Random,
): Traffic {
  const all = sumOf([lately, before]);
  if (all.requests === 0) {
    return unknownTraffic('no-traffic');
  }
  return {
    requestsPerSecond: known(all.requests / WINDOW_SECONDS),
    requestCount: known(all.requests),
    errorRatio: known(Math.min(1, all.errors / all.requests)),
    throttledRatio: known(Math.min(1, all.throttled / all.requests)),
    ...latencies(doing, random),
    p99: unknown('not-exported'),
    responseFlags: perSecond(all.flags, WINDOW_SECONDS),
  };
}

function latelyOf({ lately, before }: Spans): Lately | undefined {
  return lately.requests > 0
    ? { now: lately, before, flags: perSecond(lately.flags, LATELY_SECONDS) }
    : undefined;
}

function perSecond(flags: Record<string, number>, seconds: number) {
  return Object.fromEntries(
    Object.entries(flags).map(([flag, count]) => [flag, count / seconds]),
  );
}

/** Four scrapes in a minute see three quarters of it. */
const SEEN_LATELY = 45;

/**
 * The topology of a mesh as the portal would measure it, compared with the same mesh an hour before.
 *
 * @param sinceSeconds - for how long the mesh has been as it is now: before that the window holds what it was
 */
export function observe(
  before: Mesh,
  now: Mesh,
  random: Random,
  sinceSeconds = WINDOW_SECONDS,
) {
  const then = evaluate(before);
  const current = evaluate(now);
  const meshes = { before, now };
  const share = (seconds: number, of: number) =>
    Math.min(1, Math.max(0, seconds / of));
  const today = mixed(
    then,
    current,
    share(sinceSeconds, WINDOW_SECONDS),
    meshes,
  );
  const lastMinute = mixed(
    then,
    current,
    share(sinceSeconds, LATELY_SECONDS),
    meshes,
  );
  const rest = mixed(
    then,
    current,
    share(sinceSeconds - LATELY_SECONDS, WINDOW_SECONDS - LATELY_SECONDS),
    meshes,
  );
  const spansOf = (
    of: (evaluated: Evaluated) => { doing: Doing; rate: number },
  ): Spans => {
    const count = (evaluated: Evaluated, seen: number, window: number) => {
      const { doing, rate } = of(evaluated);
      return counted(doing, rate, { seen, window }, random);
    };
    const restSeconds = WINDOW_SECONDS - LATELY_SECONDS;
    return {
      lately: count(lastMinute, SEEN_LATELY, LATELY_SECONDS),
      before: count(rest, restSeconds, restSeconds),
    };
  };
  const slowness = (
    traffic: Traffic,
    usual: Doing | undefined,
    rate: number,
  ) =>
    usual
      ? readSlowness(traffic, {
          'hour-before': { ...latencies(usual, random), requests: rate * 3600 },
        })
      : undefined;
  const lately = new Map<string, Lately>();
  const seen = (id: string, spans: Spans) => {
    const found = latelyOf(spans);
    if (found) {
      lately.set(id, found);
    }
    const onset = readOnset(found);
    return onset && { onset };
  };
  const sent = new Map<Link, Spans>();
  const edges: TopologyEdge[] = now.links.map(link => {
    const spans = spansOf(evaluated => ({
      doing: evaluated.calls.get(link)!,
      rate: evaluated.rates.sent.get(link)!,
    }));
    sent.set(link, spans);
    const traffic = trafficOf(spans, today.calls.get(link)!, random);
    const old = before.links[now.links.indexOf(link)];
    const slow = slowness(
      traffic,
      then.calls.get(old),
      then.rates.sent.get(old)!,
    );
    const id = `${link.source}>${link.target}`;
    return {
      ...call(id),
      traffic,
      ...(slow && { slowness: slow }),
      ...seen(id, spans),
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
    const calls = received.map(link => sent.get(link)!);
    const spans =
      calls.length > 0
        ? {
            lately: sumOf(calls.map(one => one.lately)),
            before: sumOf(calls.map(one => one.before)),
          }
        : spansOf(evaluated => ({
            doing: evaluated.answers.get(part.id)!,
            rate: evaluated.rates.received.get(part.id)!,
          }));
    const traffic = trafficOf(spans, doing, random);
    const slow = slowness(traffic, usual, then.rates.received.get(part.id)!);
    const begun = seen(part.id, spans);
    return node(
      part.id,
      {},
      {
        kind,
        cluster,
        relation,
        distance,
        traffic,
        health: readHealth(traffic, undefined, slow, begun?.onset),
        ...(slow && { slowness: slow }),
        ...begun,
      },
    );
  });
  const patience = new Map(
    now.links.flatMap(({ target, timeoutMs }) =>
      timeoutMs === undefined ? [] : [[target, timeoutMs] as const],
    ),
  );
  return { nodes, edges, patience, lately };
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
