import { Conditions } from '../traffic';
import { Scene, SceneObject } from './Scene';

const CHAT_V1 = 'ai-services/ai-chat-service-v1';
const CHAT_V2 = 'ai-services/ai-chat-service-v2';
const POOL_V2 = 'ai-services/llm-v2';
const GATEWAY = 'ai-services/llm-gateway-service';
const FAST_PROVIDER = 'api.fast-model.example';
const SMART_PROVIDER = 'api.smart-model.example';
const DAY_S = 86_400;
/** The waypoint, and after it what istiod makes of it. */
const WAYPOINT: SceneObject[] = [
  { group: 'gateway.networking.k8s.io', kind: 'Gateway' },
  { group: 'apps', kind: 'Deployment' },
  { group: '', kind: 'Service' },
].map(one => ({ ...one, namespace: 'ai-services', name: 'ai-waypoint' }));

const [, WAYPOINT_DEPLOYMENT] = WAYPOINT;

const CHAT_ROUTE: SceneObject = {
  group: 'networking.istio.io',
  kind: 'VirtualService',
  namespace: 'ai-services',
  name: 'ai-chat-service',
};

const NAMESPACE_POLICY: SceneObject = {
  group: 'security.istio.io',
  kind: 'PeerAuthentication',
  namespace: 'ai-services',
  name: 'default',
};

/** What the scenes edit of a VirtualService. */
interface HttpRoutes {
  http: {
    name?: string;
    route: { weight?: number }[];
    retries?: { retryOn?: string };
  }[];
}

/** Version 2 of the chat service, and the model behind it, are healthy and as quick as version 1. */
function sound({ disturbances }: Conditions): void {
  disturbances.set(CHAT_V2, { errorRatio: 0.001 });
  disturbances.set(SMART_PROVIDER, {
    latencyFactor: 0.38,
    errorRatio: 0.001,
    throttledRatio: 0.001,
  });
}

/** Each scene starts from the normal state: whatever an earlier one set is over. */
export const scenes: readonly Scene[] = [
  {
    name: 'normal',
    description: 'Back to normal: every scene and fault ends',
    play: () => undefined,
  },
  {
    name: 'good-canary',
    description:
      'Version 2 of the chat service is healthy and as quick as version 1',
    needs: { workloads: [CHAT_V2] },
    play({ conditions }) {
      sound(conditions);
    },
  },
  {
    name: 'bad-canary',
    description: 'Version 2 of the chat service answers 15% with errors',
    needs: { workloads: [CHAT_V2] },
    play({ conditions }) {
      conditions.disturbances.set(CHAT_V2, { errorRatio: 0.15 });
    },
  },
  {
    name: 'worse-answers',
    description:
      'Version 2 of the chat service is technically sound, and gets twice the thumbs down',
    needs: { workloads: [CHAT_V2] },
    play({ conditions }) {
      sound(conditions);
      conditions.opinions.set(CHAT_V2, { downRatio: 0.5, score: 0.6 });
    },
  },
  {
    name: 'ill-service',
    description:
      'Both versions of the chat service answer 20% with errors, each as many as the other',
    needs: { workloads: [CHAT_V1, CHAT_V2] },
    play({ conditions }) {
      sound(conditions);
      for (const version of [CHAT_V1, CHAT_V2]) {
        conditions.disturbances.set(version, { errorRatio: 0.2 });
      }
    },
  },
  {
    name: 'bad-pool',
    description:
      "The second pool's model servers answer 25% of the requests with errors",
    needs: { workloads: [POOL_V2] },
    play({ conditions }) {
      conditions.disturbances.set(POOL_V2, { errorRatio: 0.25 });
    },
  },
  {
    name: 'slow-provider',
    description:
      'The fast model provider takes twelve times as long and fails one in ten; its callers suffer',
    needs: { workloads: [GATEWAY] },
    play({ conditions }) {
      conditions.disturbances.set(FAST_PROVIDER, {
        latencyFactor: 12,
        errorRatio: 0.1,
      });
    },
  },
  {
    name: 'twelve-times',
    description: 'Twelve times the traffic',
    play({ conditions }) {
      conditions.loadFactor = 12;
    },
  },
  {
    name: 'plaintext-stops',
    description: 'The batch job that calls in plaintext stops',
    needs: { loads: ['batch'] },
    play({ conditions }) {
      conditions.loadFactors.set('batch', 0);
    },
  },
  {
    name: 'strict-applied',
    description:
      'The batch job that calls in plaintext stops, and somebody makes mutual TLS strict in the namespace of the AI services',
    needs: { loads: ['batch'], objects: [NAMESPACE_POLICY] },
    play({ conditions, edit }) {
      conditions.loadFactors.set('batch', 0);
      edit(NAMESPACE_POLICY, draft => {
        draft.spec = { mtls: { mode: 'STRICT' } };
      });
    },
  },
  {
    name: 'weights-edited',
    description:
      'Somebody edits the route of the chat service by hand: 30% of its traffic to version 2',
    needs: { objects: [CHAT_ROUTE] },
    play({ edit }) {
      edit(CHAT_ROUTE, draft => {
        const { http } = draft.spec as HttpRoutes;
        const split = http.find(({ route }) => route.length === 2);
        split?.route.forEach((version, index) => {
          version.weight = [70, 30][index];
        });
      });
    },
  },
  {
    name: 'finding-mended',
    description:
      'Somebody mends the finding of retries that are billed twice, in the route of the chat service',
    needs: { objects: [CHAT_ROUTE] },
    play({ edit }) {
      edit(CHAT_ROUTE, draft => {
        for (const { retries } of (draft.spec as HttpRoutes).http) {
          if (retries) {
            retries.retryOn = 'connect-failure,refused-stream';
          }
        }
      });
    },
  },
  {
    name: 'certificate-nearly-expired',
    description:
      'The chat service, version 2, has 40 minutes left on its certificate, and the root 20 days',
    needs: { workloads: [CHAT_V2] },
    play({ conditions, nowMs: atMs }) {
      conditions.certificates.set(CHAT_V2, { secondsLeft: 2400, atMs });
      conditions.rootCertificate = { secondsLeft: 20 * DAY_S, atMs };
    },
  },
  {
    name: 'configuration-rejected',
    description:
      'The proxies of the chat service, version 2, reject their listeners and keep what they had',
    needs: { workloads: [CHAT_V2] },
    play({ conditions, nowMs: sinceMs }) {
      conditions.rejections.set(CHAT_V2, {
        sinceMs,
        part: 'listeners',
        error:
          "Error adding/updating listener(s) virtualInbound: filter 'envoy.filters.http.wasm' has no code",
      });
    },
  },
  {
    name: 'prometheus-away',
    description: 'Prometheus does not answer at the path /prometheus',
    play({ fail }) {
      fail({ target: 'prometheus', type: 'disconnect' });
    },
  },
  {
    name: 'kiali-away',
    description: 'Kiali does not answer',
    play({ fail }) {
      fail({ target: 'kiali', type: 'disconnect' });
    },
  },
  {
    name: 'api-server-restarts',
    description:
      'The API server starts again, and refuses everything for two seconds',
    play({ fail }) {
      fail({ target: 'kubernetes', type: 'starting' });
    },
  },
  {
    name: 'waypoint-away',
    description:
      "The waypoint of the AI services is deleted: ztunnels take their calls straight to the pods, and routes and the waypoint's policies have no effect",
    needs: { objects: WAYPOINT },
    play({ remove }) {
      WAYPOINT.forEach(remove);
    },
  },
  {
    name: 'waypoint-down',
    description:
      'The waypoint of the AI services has no pod: calls that ztunnels would take to it do not connect, and no metric counts them',
    needs: { objects: WAYPOINT },
    play({ edit }) {
      edit(WAYPOINT_DEPLOYMENT, draft => {
        (draft.spec as { replicas: number }).replicas = 0;
      });
    },
  },
  {
    name: 'waypoint-refuses',
    description:
      'The waypoint of the AI services takes no connection, though its pods are ready: ztunnels count calls to it as connections that fail',
    needs: { objects: WAYPOINT },
    play({ conditions }) {
      const { namespace, name } = WAYPOINT_DEPLOYMENT;
      conditions.refusingWaypoints.add(`${namespace}/${name}`);
    },
  },
  {
    name: 'bad-canary-for-east',
    description:
      "Version 2 of the chat service, in the east, answers 60% of the calls from the east with errors, and the west's well",
    needs: { clusters: ['east', 'west'], workloads: [CHAT_V2] },
    play({ conditions }) {
      conditions.disturbances.set(`east/${CHAT_V2}`, {
        errorRatio: 0.6,
        headers: { 'x-region': 'east' },
      });
    },
  },
  {
    name: 'bad-canary-for-west',
    description:
      "Version 2 of the chat service, in the east, answers 60% of the calls from the west with errors, and the east's well",
    needs: { clusters: ['east', 'west'], workloads: [CHAT_V2] },
    play({ conditions }) {
      conditions.disturbances.set(`east/${CHAT_V2}`, {
        errorRatio: 0.6,
        headers: { 'x-region': 'west' },
      });
    },
  },
  {
    name: 'east-west-gateway-away',
    description:
      "The east-west gateway of the east has no ready pod: the west's calls to it fail to connect",
    needs: { clusters: ['east', 'west'] },
    play({ conditions }) {
      conditions.closedGateways.add('east');
    },
  },
  {
    name: 'west-away',
    description: 'The API server of the west does not answer; its pods go on',
    needs: { clusters: ['east', 'west'] },
    play({ fail }) {
      fail({ target: 'kubernetes', type: 'disconnect' }, 'west');
    },
  },
  {
    name: 'west-prometheus-away',
    description: 'Prometheus of the west does not answer at /prometheus',
    needs: { clusters: ['east', 'west'] },
    play({ fail }) {
      fail({ target: 'prometheus', type: 'disconnect' }, 'west');
    },
  },
];
