import { Random } from '../traffic';

/** What a generated service does in the mesh. */
export type Role =
  'entry' | 'assistant' | 'chat' | 'store' | 'gateway' | 'model';

export interface PlannedCall {
  to: PlannedService;
  /** The share of requests that make this call, 0..1. */
  probability: number;
  /** Header `x-ai-model`. */
  model?: string;
}

export interface PlannedService {
  name: string;
  namespace: string;
  role: Role;
  versions: { name: string; replicas: number }[];
  calls: PlannedCall[];
  /** Has a DestinationRule with pool limits and outlier detection. */
  breaker: boolean;
  /** Has a VirtualService with a timeout and retries. */
  timeouts: boolean;
  /** Exports Envoy's statistics. */
  stats: boolean;
  model?: string;
  /** 0..1; most have none, for each kind of error makes series of its own. */
  errorRatio: number;
}

/** A workload without a proxy that calls a service in plaintext. */
export interface PlannedJob {
  name: string;
  namespace: string;
  calls: PlannedService;
}

export interface Plan {
  namespaces: { name: string; strict: boolean }[];
  services: PlannedService[];
  jobs: PlannedJob[];
}

export const MODELS = ['swift-chat-3.5', 'sage-chat-4', 'local-assist-8b'];

const PER_NAMESPACE = 20;
const TEAMS = [
  'claims',
  'cards',
  'loans',
  'shop',
  'travel',
  'support',
  'legal',
  'hr',
  'risk',
  'search',
];
const NAMES: Record<Role, string[]> = {
  entry: ['portal', 'api', 'edge'],
  assistant: ['assistant', 'orchestrator', 'planner', 'router'],
  chat: ['chat', 'summary', 'answers', 'rewrite', 'classify', 'translate'],
  store: ['vectors', 'documents', 'features', 'memory'],
  gateway: ['llm-gateway', 'model-proxy'],
  model: ['local-model', 'small-model'],
};
/** From front to back: a service calls only what lies behind it. */
const ROLES: Role[] = [
  'entry',
  'assistant',
  'chat',
  'store',
  'gateway',
  'model',
];
/** How many of the services of a namespace have a role. */
const SHARES: Record<Role, number> = {
  entry: 0.08,
  assistant: 0.22,
  chat: 0.35,
  store: 0.2,
  gateway: 0.1,
  model: 0.05,
};
const CALLS: Record<Role, Role[]> = {
  entry: ['assistant', 'chat'],
  assistant: ['chat', 'store', 'gateway'],
  chat: ['gateway', 'store'],
  store: [],
  gateway: ['model'],
  model: [],
};

/** Draws a mesh of so many services. The same seed gives the same mesh. */
export function planMesh(count: number, seed: number): Plan {
  const random = new Random(seed);
  const namespaces = Array.from(
    { length: Math.ceil(count / PER_NAMESPACE) },
    (_, i) => ({
      name: `${TEAMS[i % TEAMS.length]}-${String(i + 1).padStart(2, '0')}`,
      strict: random.chance(1 / 3),
    }),
  );
  const services: PlannedService[] = [];
  namespaces.forEach(({ name }, i) => {
    const size = Math.min(PER_NAMESPACE, count - i * PER_NAMESPACE);
    services.push(...planNamespace(name, size, random));
  });
  services.forEach(service => planCalls(service, services, random));
  reachAll(services, random);
  return { namespaces, services, jobs: planJobs(namespaces, services, random) };
}

function planNamespace(
  namespace: string,
  size: number,
  random: Random,
): PlannedService[] {
  const roles: Role[] = [];
  for (const role of ROLES) {
    const wanted = Math.max(1, Math.round(SHARES[role] * size));
    roles.push(...Array.from({ length: wanted }, () => role));
  }
  // A small namespace keeps one of each role from the front; a large one is filled up with chats.
  const chosen = [...roles.slice(0, size)];
  while (chosen.length < size) {
    chosen.push('chat');
  }
  const used = new Map<string, number>();
  return chosen.map(role => {
    const stem = random.pick(NAMES[role]);
    const number = (used.get(stem) ?? 0) + 1;
    used.set(stem, number);
    return {
      name: number === 1 ? `${stem}-service` : `${stem}-service-${number}`,
      namespace,
      role,
      versions: planVersions(role, random),
      calls: [],
      breaker: random.chance(0.5),
      timeouts: random.chance(0.4),
      stats: random.chance(0.2),
      errorRatio: random.chance(0.1) ? 0.003 : 0,
      ...(role === 'model' && { model: 'local-assist-8b' }),
    };
  });
}

function planVersions(role: Role, random: Random) {
  const replicas = random.chance(0.4) ? 2 : 1;
  const versions = [{ name: 'v1', replicas }];
  if (role === 'chat' || role === 'assistant') {
    if (random.chance(0.35)) {
      versions.push({ name: 'v2', replicas: 1 });
    }
    if (versions.length === 2 && random.chance(0.2)) {
      versions.push({ name: 'v3', replicas: 1 });
    }
  }
  return versions;
}

function planCalls(
  service: PlannedService,
  all: readonly PlannedService[],
  random: Random,
) {
  const wanted = CALLS[service.role];
  if (wanted.length === 0) {
    return;
  }
  const count = service.role === 'gateway' ? 1 : 1 + random.integer(2);
  for (let i = 0; i < count; i += 1) {
    const role = i === 0 ? wanted[0] : random.pick(wanted);
    const candidates = all.filter(one => one.role === role);
    const near = candidates.filter(
      ({ namespace }) => namespace === service.namespace,
    );
    const to = random.pick(
      near.length > 0 && random.chance(0.8) ? near : candidates,
    );
    if (to && !service.calls.some(call => call.to === to)) {
      service.calls.push(planCall(service, to, random));
    }
  }
}

function planCall(
  from: PlannedService,
  to: PlannedService,
  random: Random,
): PlannedCall {
  return {
    to,
    probability: to.role === 'store' ? 0.6 : 1,
    ...(to.role === 'gateway' && { model: random.pick(MODELS) }),
    ...(from.role === 'gateway' && { model: 'local-assist-8b' }),
  };
}

/** Gives every service a caller, so that all of them have traffic. */
function reachAll(services: PlannedService[], random: Random) {
  const called = new Set(
    services.flatMap(({ calls }) => calls.map(({ to }) => to)),
  );
  for (const service of services) {
    if (service.role !== 'entry' && !called.has(service)) {
      const callers = services.filter(
        one =>
          one.namespace === service.namespace &&
          CALLS[one.role].includes(service.role),
      );
      if (callers.length > 0) {
        const from = random.pick(callers);
        from.calls.push(planCall(from, service, random));
      }
    }
  }
}

/** Now and then a batch job without a proxy, where plaintext is accepted. */
function planJobs(
  namespaces: Plan['namespaces'],
  services: PlannedService[],
  random: Random,
): PlannedJob[] {
  return namespaces
    .filter(({ strict }) => !strict && random.chance(0.4))
    .map(({ name }) => ({
      name: 'nightly-job',
      namespace: name,
      calls: random.pick(
        services.filter(
          ({ namespace, role }) =>
            namespace === name && role !== 'model' && role !== 'store',
        ),
      ),
    }));
}
