import type { Measured } from '@ai-mesh/plugin-ai-mesh-common';
import {
  inScope,
  istioLabels,
  type NamespacedName,
  type RateRow,
  type TrafficScope,
} from '../telemetry';
import type { PeerNames } from './PeerNames';
import type { ServiceMembers } from './ServiceMembers';

/** What is known of an entity's neighbourhood once it has been walked through. */
export interface Neighbourhood {
  /** Rates of requests of every edge found, of every reporter; unknown when the very first question failed. */
  requests: Measured<RateRow[]>;
  /** Everything that was asked for: callers of `to`, and what `from` calls. */
  scope: TrafficScope;
}

/**
 * Walks from the entity's services to the callers of callers and to the providers of providers, one question a step:
 * never to the other callers of a provider, who are none of the entity's business.
 *
 * @param ask - runs the request query for a scope
 * @param start - the entity's services, and its workloads
 * @param steps - how many calls away to look
 * @param limit - how many services and workloads to ask for at most, the busiest first
 */
export async function exploreNeighbourhood(
  ask: (scope: TrafficScope) => Promise<Measured<RateRow[]>>,
  start: TrafficScope,
  names: PeerNames,
  members: ServiceMembers,
  { steps, limit }: { steps: number; limit: number },
): Promise<Neighbourhood> {
  const rows = new Map<string, RateRow>();
  const asked: { to: Names; from: Names } = { to: new Map(), from: new Map() };
  let frontier = start;
  for (let step = 0; step < steps; step++) {
    for (const side of ['to', 'from'] as const) {
      frontier[side].forEach(name => asked[side].set(nameKey(name), name));
    }
    if (frontier.to.length === 0 && frontier.from.length === 0) {
      break;
    }
    const answer = await ask(frontier);
    if (answer.status === 'unknown') {
      if (step === 0) {
        return { requests: answer, scope: start };
      }
      // What is near is known; that something is missing shows in the answer's sources.
      break;
    }
    const found = answer.value.filter(inScope(frontier));
    found.forEach(row => rows.set(rowKey(row), row));
    members.learn(found);
    frontier = nextFrontier(
      found,
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
    scope: { to: [...asked.to.values()], from: [...asked.from.values()] },
  };
}

type Names = Map<string, NamespacedName>;

function nextFrontier(
  rows: readonly RateRow[],
  scope: TrafficScope,
  own: readonly NamespacedName[],
  asked: { to: Names; from: Names },
  names: PeerNames,
  members: ServiceMembers,
  limit: number,
): TrafficScope {
  const called = inScope({ to: scope.to, from: [] });
  const calling = inScope({ to: [], from: scope.from });
  const callers = new Map<string, Weighed>();
  const providers = new Map<string, Weighed>();
  for (const row of rows) {
    const target = names.destination(row.labels);
    const source = names.source(row.labels);
    if (called(row) && source.kind === 'service' && source.namespace) {
      weigh(callers, { namespace: source.namespace, name: source.name }, row);
    }
    if (calling(row) && target.kind === 'service' && target.namespace) {
      weigh(providers, { namespace: target.namespace, name: target.name }, row);
    }
  }
  return {
    to: fresh(byRate(callers), asked.to, limit),
    from: fresh(
      // The entity's own again: where its objects cannot be read, only now is it known who answers for them.
      [...own, ...byRate(providers)].flatMap(service =>
        members.workloadsOf(service),
      ),
      asked.from,
      limit,
    ),
  };
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
  names: readonly NamespacedName[],
  asked: Names,
  limit: number,
): NamespacedName[] {
  return names
    .filter(name => !asked.has(nameKey(name)))
    .slice(0, Math.max(0, limit - asked.size));
}

function nameKey({ namespace, name }: NamespacedName): string {
  return JSON.stringify([namespace, name]);
}

/** The same series may answer two steps: an edge between a caller of one and a provider of another. */
function rowKey({ labels }: RateRow): string {
  return JSON.stringify(Object.entries(labels).sort());
}

/** The ends of edges, as the metrics name them: for questions about exactly these edges. */
export function edgesOf(rows: readonly RateRow[]): TrafficScope {
  const to: Names = new Map();
  const from: Names = new Map();
  for (const { labels } of rows) {
    const service = {
      namespace: labels[istioLabels.destinationServiceNamespace] ?? '',
      name: labels[istioLabels.destinationService] ?? '',
    };
    const workload = {
      namespace: labels[istioLabels.sourceNamespace] ?? '',
      name: labels[istioLabels.sourceWorkload] ?? '',
    };
    to.set(nameKey(service), service);
    from.set(nameKey(workload), workload);
  }
  return { to: [...to.values()], from: [...from.values()] };
}
