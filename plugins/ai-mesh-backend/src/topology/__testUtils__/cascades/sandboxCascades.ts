import type {
  Behaviour,
  RunningMeshSandbox,
  World,
} from '@ai-mesh/mesh-sandbox';
import type { CascadeKind } from './cascades';
import type { Random } from './Random';

/** A sandbox that something may happen in. */
export interface SandboxStage {
  sandbox: RunningMeshSandbox;
  /** What plays, one a cluster; what is changed of it takes effect at once. */
  behaviours: readonly Behaviour[];
  random: Random;
}

interface SandboxCascade {
  /** The built-in world that it happens in. */
  world: string;
  /** Changes what the mesh is made of, before it starts. */
  prepare?(worlds: readonly World[], random: Random): void;
  /** Lets it happen, and says who is at fault: `[<cluster>/]<name>`. */
  happen(stage: SandboxStage): string[];
}

const NAMESPACE = 'ai-services';
const CHAT = 'ai-chat-service';
const FAST = 'api.fast-model.example';
const SMART = 'api.smart-model.example';
const LOCAL = 'local-model-service';
const LEAVES = [FAST, SMART, LOCAL];

/** Each has a waypoint of its own where one is to go down, so that it is known whose. */
const OWN_WAYPOINT = [CHAT, 'llm-gateway-service', LOCAL];

/** What the sandbox alone can play. */
export type SandboxKind = CascadeKind | 'waypoint refuses';

/** Kinds that the sandbox can play, in the words of {@link cascadeKinds} where the model plays them too. */
export const sandboxCascades: Record<SandboxKind, SandboxCascade> = {
  'slow leaf': {
    world: 'shop',
    happen({ behaviours: [behaviour], random }) {
      const leaf = random.pick(LEAVES);
      slow(behaviour, leaf, random.between(6, 15));
      return [leaf];
    },
  },
  'failing leaf': {
    world: 'shop',
    happen({ behaviours: [behaviour], random }) {
      const leaf = random.pick(LEAVES);
      serving(behaviour, leaf).errorRatio = random.between(0.15, 0.9);
      return [leaf];
    },
  },
  'two at once': {
    world: 'shop',
    happen({ behaviours: [behaviour], random }) {
      const first = random.pick(LEAVES);
      const second = random.pick(LEAVES.filter(leaf => leaf !== first));
      serving(behaviour, first).errorRatio = random.between(0.2, 0.8);
      slow(behaviour, second, random.between(6, 12));
      return [first, second];
    },
  },
  'retry storm': {
    world: 'shop',
    prepare([{ objects }]) {
      LEAVES.forEach(host =>
        objects.push({
          apiVersion: 'networking.istio.io/v1',
          kind: 'VirtualService',
          metadata: { namespace: NAMESPACE, name: `retried-${host}` },
          spec: {
            hosts: [host],
            http: [
              {
                retries: { attempts: 3, retryOn: '5xx' },
                route: [{ destination: { host } }],
              },
            ],
          },
        }),
      );
    },
    happen({ behaviours: [behaviour], random }) {
      const leaf = random.pick(LEAVES);
      // Of four tries one has to fail so often that somebody feels it.
      serving(behaviour, leaf).errorRatio = random.between(0.55, 0.85);
      return [leaf];
    },
  },
  'pool overflow': {
    world: 'shop',
    happen({ sandbox, random }) {
      const [name, culprit] = random.pick([
        ['llm-service-circuit-breaker', 'llm-gateway-service'],
        [ruleOf(sandbox, CHAT), CHAT],
      ]);
      const most = random.whole(1, 2);
      sandbox.store.update(
        'networking.istio.io',
        'DestinationRule',
        { namespace: NAMESPACE, name },
        draft => {
          const spec = draft.spec as RuleSpec;
          for (const policy of [spec, ...(spec.subsets ?? [])]) {
            policy.trafficPolicy = {
              ...policy.trafficPolicy,
              connectionPool: {
                tcp: { maxConnections: most },
                http: { http1MaxPendingRequests: 1, http2MaxRequests: most },
              },
            };
          }
        },
      );
      return [culprit];
    },
  },
  'one version only': {
    world: 'shop',
    happen({ behaviours: [behaviour], random }) {
      const [version, errors] = random.pick([
        ['v1', random.between(0.1, 0.4)],
        // A tenth of the requests are its.
        ['v2', random.between(0.6, 1)],
      ] as const);
      serving(behaviour, `${CHAT}-${version}`).errorRatio = errors;
      return [CHAT];
    },
  },
  'one cluster only': {
    world: 'two-clusters',
    happen({ behaviours, random }) {
      const west = behaviours.find(({ cluster }) => cluster === 'west')!;
      serving(west, `${CHAT}-v1`).errorRatio = random.between(0.2, 0.9);
      return [`west/${CHAT}`];
    },
  },
  'external provider throttles': {
    world: 'shop',
    happen({ behaviours: [behaviour], random }) {
      const provider = random.pick([FAST, SMART]);
      serving(behaviour, provider).throttledRatio = random.between(0.3, 0.9);
      return [provider];
    },
  },
  egress: {
    world: 'shop',
    happen({ behaviours: [behaviour], random }) {
      for (const provider of [FAST, SMART]) {
        serving(behaviour, provider).errorRatio = random.between(0.7, 1);
      }
      return [FAST, SMART];
    },
  },
  'waypoint down': {
    world: 'ambient',
    prepare: giveOwnWaypoints,
    happen({ sandbox, random }) {
      const service = random.pick(OWN_WAYPOINT);
      sandbox.store.update(
        'apps',
        'Deployment',
        { namespace: NAMESPACE, name: `${service}-waypoint` },
        draft => {
          (draft.spec as DeploymentSpec).replicas = 0;
        },
      );
      return [service];
    },
  },
  'traffic peak': {
    world: 'shop',
    happen({ behaviours: [behaviour], random }) {
      const times = random.between(2, 4);
      for (const load of behaviour.loads) {
        load.requestsPerSecond *= times;
      }
      return [];
    },
  },
  'deploy without effect': {
    world: 'shop',
    happen({ sandbox, behaviours: [behaviour], random }) {
      const name = random.pick([
        'ai-orchestrator',
        `${CHAT}-v1`,
        'llm-gateway-service',
      ]);
      const { latencyMs } = serving(behaviour, name);
      stretch(latencyMs, random.between(0.9, 1.15));
      sandbox.store.update(
        'apps',
        'Deployment',
        { namespace: NAMESPACE, name },
        draft => {
          const { template } = draft.spec as DeploymentSpec;
          template.metadata.annotations = {
            ...template.metadata.annotations,
            'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z',
          };
        },
      );
      return [];
    },
  },
  'waypoint refuses': {
    world: 'ambient',
    prepare: giveOwnWaypoints,
    happen({ sandbox, random }) {
      const service = random.pick(OWN_WAYPOINT);
      sandbox.conditions.refusingWaypoints.add(
        `${NAMESPACE}/${service}-waypoint`,
      );
      return [service];
    },
  },
};

type WorldObject = World['objects'][number];

interface Policy {
  trafficPolicy?: object;
}

interface RuleSpec extends Policy {
  host: string;
  subsets?: Policy[];
}

interface DeploymentSpec {
  replicas?: number;
  template: {
    metadata: { annotations?: Record<string, string> };
    spec?: { serviceAccountName?: string };
  };
}

function giveOwnWaypoints([{ objects }]: readonly World[], random: Random) {
  objects.push(
    ...OWN_WAYPOINT.flatMap(name =>
      waypointOf(name, random.whole(1, 3), objects),
    ),
  );
  for (const { kind, metadata } of objects) {
    if (kind === 'Service' && OWN_WAYPOINT.includes(metadata.name)) {
      metadata.labels = {
        ...metadata.labels,
        'istio.io/use-waypoint': `${metadata.name}-waypoint`,
      };
    }
  }
}

/** The objects of a service's own waypoint, as those of the waypoint that the world has; under its account, which policies know. */
function waypointOf(
  service: string,
  replicas: number,
  objects: readonly WorldObject[],
) {
  return objects
    .filter(
      ({ kind, metadata: { name } }) =>
        name === 'ai-waypoint' && kind !== 'ServiceAccount',
    )
    .map(object => {
      const renamed = JSON.stringify(object).replaceAll(
        'ai-waypoint',
        `${service}-waypoint`,
      );
      const own: WorldObject = JSON.parse(renamed);
      if (own.kind === 'Deployment') {
        const spec = own.spec as DeploymentSpec;
        spec.replicas = replicas;
        spec.template.spec = {
          ...spec.template.spec,
          serviceAccountName: 'ai-waypoint',
        };
      }
      return own;
    });
}

/** The name of a service's DestinationRule. */
function ruleOf({ store }: RunningMeshSandbox, service: string): string {
  const rule = store
    .list('networking.istio.io', 'DestinationRule')
    .find(({ spec }) => (spec as RuleSpec).host.startsWith(`${service}.`));
  return rule!.metadata.name;
}

/** How a workload of the shop, or a host outside, answers. */
function serving({ workloads, externals }: Behaviour, name: string) {
  return (
    workloads.find(({ workload }) => workload === `${NAMESPACE}/${name}`) ??
    externals.find(({ host }) => host === name)!
  );
}

/** The models that something serves decide how long it takes. */
function slow(behaviour: Behaviour, name: string, factor: number) {
  const { serves } = serving(behaviour, name);
  for (const model of behaviour.models) {
    if (serves.includes(model.name)) {
      stretch(model.timeToFirstTokenMs, factor);
      stretch(model.timePerTokenMs, factor);
    }
  }
}

function stretch(latency: { median: number; p99: number }, factor: number) {
  latency.median *= factor;
  latency.p99 *= factor;
}
