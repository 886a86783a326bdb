import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { inTurns } from '../target/inTurns';
import {
  inScope,
  type NamespacedName,
  type RateRow,
  type TrafficScope,
} from '../telemetry';
import type { Peer } from './Peer';
import type { PeerNames } from './PeerNames';
import type { ServiceMembers } from './ServiceMembers';

/** What is known of an entity's neighbourhood once it has been walked through. */
export interface Neighbourhood<Rest> {
  /** Rates of requests of every edge found, of every reporter; unknown when the very first question failed. */
  requests: Measured<RateRow[]>;
  /** What `askRest` answered; undefined where the first question failed before it could be asked. */
  rest?: Rest;
  /** Of whom it was asked whom they call. */
  askedFrom: NamespacedName[];
}

/**
 * Walks from the entity's services to the callers of callers and to the providers of providers, one question a step:
 * never to the other callers of a provider, who are none of the entity's business.
 *
 * What else one wants to know is asked together with the last step's question, whose scope is the last to become known.
 *
 * Calls over the cluster's border end there: who calls the caller in another cluster is in another Prometheus.
 *
 * @param cluster - the one that is asked
 * @param ask - runs the request query for a scope; its rows are between real ends and name their clusters
 * @param start - the entity's services, and its workloads
 * @param steps - how many calls away to look
 * @param limit - how many services and workloads to ask for at most, the busiest first
 * @param askRest - is told everything that is asked for (callers of `to`, and what `from` calls), and what is found, as
 *   soon as the last step's question is answered
 */
export async function exploreNeighbourhood<Rest>(
  cluster: string,
  ask: (scope: TrafficScope) => Promise<Measured<RateRow[]>>,
  start: TrafficScope,
  names: PeerNames,
  members: ServiceMembers,
  { steps, limit }: { steps: number; limit: number },
  askRest: (
    scope: TrafficScope,
    found: Promise<readonly RateRow[]>,
  ) => Promise<Rest>,
): Promise<Neighbourhood<Rest>> {
  const rows = new Map<string, RateRow>();
  const asked: { to: Names; from: Names } = { to: new Map(), from: new Map() };
  let frontier = start;
  let rest: Rest | undefined;
  const restOf = (walked: Promise<unknown>) =>
    askRest(
      {
        to: [...asked.to.values()],
        from: [...asked.from.values()],
        around: [...asked.to.values()].flatMap(service =>
          members.workloadsOf(service),
        ),
      },
      walked.then(() => [...rows.values()]),
    );
  const walk = async (scope: TrafficScope): Promise<Measured<RateRow[]>> => {
    const answer = await ask(scope);
    if (answer.status === 'unknown') {
      return answer;
    }
    await inTurns();
    const found = answer.value.filter(inScope(scope));
    (await summed(found)).forEach((row, id) => rows.set(id, row));
    members.learn(found);
    return known(found);
  };
  for (let step = 0; step < steps; step++) {
    for (const side of ['to', 'from'] as const) {
      frontier[side].forEach(name => asked[side].set(nameKey(name), name));
    }
    if (frontier.to.length === 0 && frontier.from.length === 0) {
      break;
    }
    const scope = {
      ...frontier,
      around: frontier.to.flatMap(service => members.workloadsOf(service)),
    };
    const walked = walk(scope);
    const isLast = step === steps - 1;
    const [answer, answered] = await Promise.all([
      walked,
      isLast ? restOf(walked) : undefined,
    ]);
    rest = answered;
    if (answer.status === 'unknown') {
      if (step === 0) {
        return { requests: answer, rest, askedFrom: [] };
      }
      // What is near is known; that something is missing shows in the answer's sources.
      break;
    }
    frontier = await nextFrontier(
      cluster,
      answer.value,
      frontier,
      start.to,
      asked,
      names,
      members,
      limit,
    );
  }
  return {
    requests: { status: 'known', value: [...rows.values()] },
    rest: rest ?? (await restOf(Promise.resolve())),
    askedFrom: [...asked.from.values()],
  };
}

type Names = Map<string, NamespacedName>;

async function nextFrontier(
  cluster: string,
  rows: readonly RateRow[],
  scope: TrafficScope,
  own: readonly NamespacedName[],
  asked: { to: Names; from: Names },
  names: PeerNames,
  members: ServiceMembers,
  limit: number,
): Promise<TrafficScope> {
  const called = inScope({ to: scope.to, from: [] });
  const calling = inScope({ to: [], from: scope.from });
  const callers = new Map<string, Weighed>();
  const providers = new Map<string, Weighed>();
  for (const row of rows) {
    await inTurns();
    const target = names.destination(row.labels);
    const source = names.source(row.labels);
    if (called(row) && isIn(cluster, source)) {
      weigh(callers, { namespace: source.namespace, name: source.name }, row);
    }
    if (calling(row) && isIn(cluster, target)) {
      weigh(providers, { namespace: target.namespace, name: target.name }, row);
    }
  }
  return {
    to: fresh(byRate(callers), asked.to, limit),
    from: fresh(
      // The entity's own again: where its objects cannot be read, only now is it known who answers for them.
      workloadsOfEach([...own, ...byRate(providers)], members),
      asked.from,
      limit,
    ),
  };
}

/** Of a great many services no more are looked at than are asked for. */
function* workloadsOfEach(
  services: readonly NamespacedName[],
  members: ServiceMembers,
): Iterable<NamespacedName> {
  for (const service of services) {
    yield* members.workloadsOf(service);
  }
}

function isIn(
  cluster: string,
  peer: Peer,
): peer is Peer & { namespace: string } {
  return (
    peer.cluster === cluster &&
    peer.kind === 'service' &&
    Boolean(peer.namespace)
  );
}

interface Weighed {
  name: NamespacedName;
  rate: number;
}

function weigh(
  all: Map<string, Weighed>,
  name: NamespacedName,
  row: RateRow,
): void {
  const id = nameKey(name);
  const rate = (all.get(id)?.rate ?? 0) + (row.rate || 0);
  all.set(id, { name, rate });
}

function byRate(all: Map<string, Weighed>): NamespacedName[] {
  return [...all.values()]
    .sort((a, b) => b.rate - a.rate)
    .map(({ name }) => name);
}

function fresh(
  names: Iterable<NamespacedName>,
  asked: Names,
  limit: number,
): NamespacedName[] {
  const found: NamespacedName[] = [];
  for (const name of names) {
    if (found.length >= limit - asked.size) {
      break;
    }
    if (!asked.has(nameKey(name))) {
      found.push(name);
    }
  }
  return found;
}

function nameKey({ namespace, name }: NamespacedName): string {
  return JSON.stringify([namespace, name]);
}

/** Rows by their labels: two may have become one when it was made out between whom they are. */
async function summed(rows: readonly RateRow[]): Promise<Map<string, RateRow>> {
  const byKey = new Map<string, RateRow>();
  for (const row of rows) {
    await inTurns();
    const key = rowKey(row);
    const present = byKey.get(key);
    byKey.set(key, present ? { ...row, rate: present.rate + row.rate } : row);
  }
  return byKey;
}

/** The same series may answer two steps: an edge between a caller of one and a provider of another. */
function rowKey({ labels }: RateRow): string {
  return JSON.stringify(Object.entries(labels).sort());
}
