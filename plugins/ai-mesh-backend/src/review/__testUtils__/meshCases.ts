import { snapshotOfObjects } from '../../kubernetes/__testUtils__/snapshotFromYaml';
import type { KubernetesObject } from '../../kubernetes/kinds';
import type { Case } from './cases';
import { soundMesh } from './soundMesh';

const namespace = (labels: Record<string, string>) => `
apiVersion: v1
kind: Namespace
metadata: { name: ai, labels: ${JSON.stringify(labels)} }
---
`;
const AMBIENT = { 'istio.io/dataplane-mode': 'ambient' };
const CAPTURED = { ...AMBIENT, 'istio.io/use-waypoint': 'waypoint' };

const pod = (
  name: string,
  labels: Record<string, string>,
  redirected = true,
) => `
apiVersion: v1
kind: Pod
metadata:
  namespace: ai
  name: ${name}
  labels: ${JSON.stringify(labels)}
  ${redirected ? 'annotations: { ambient.istio.io/redirection: enabled }' : ''}
spec:
  serviceAccountName: ${labels.app}
  containers: [{ name: app, ports: [{ name: http, containerPort: 8080 }, { name: metrics, containerPort: 15020 }] }]
status: { phase: Running, ready: true }
---
`;
/** The chat service's pods and its caller's as ztunnel serves them. */
const redirected = [
  pod('chat-v1-abc12-xyz', { app: 'chat', version: 'v1' }),
  pod('chat-v2-abc12-xyz', { app: 'chat', version: 'v2' }),
  pod('chat-v1-abc12-two', { app: 'chat', version: 'v1' }),
  pod('chat-v2-abc12-two', { app: 'chat', version: 'v2' }),
  pod('gateway-abc12-xyz', { app: 'gateway' }),
].join('');
const waypoint = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { namespace: ai, name: waypoint }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
status: { addresses: [{ value: 10.0.0.9 }] }
---
`;
const service = (spec: string, name = 'chat') => `
apiVersion: v1
kind: Service
metadata: { namespace: ai, name: ${name} }
spec: ${spec}
---
`;
const PORTS = '{ name: http, port: 80, targetPort: 8080 }';
const twin = (ports: object[]) => ({
  elsewhere: [
    {
      cluster: 'west',
      object: {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { namespace: 'ai', name: 'chat' },
        spec: { ports: ports as { port: number }[] },
      },
      snapshot: snapshotOfObjects([]),
    },
  ],
});

/** The same mesh in another cluster, where v3 runs instead of v2. */
const westHasV3 = (): Case['options'] => {
  const objects: KubernetesObject[] = JSON.parse(
    JSON.stringify(soundMesh()).replaceAll('"version":"v2"', '"version":"v3"'),
  );
  const snapshot = snapshotOfObjects(objects);
  const object = snapshot.get('Service', 'ai', 'chat')!;
  return { elsewhere: [{ cluster: 'west', object, snapshot }] };
};

/** How workloads are in the mesh: AIM8xx, and AIM415 for ambient. */
export const meshCases: Case[] = [
  {
    what: 'a subset whose pods are all in another cluster of the mesh',
    changes: {
      DestinationRule: spec => {
        spec.subsets[1].labels.version = 'v3';
      },
    },
    options: westHasV3(),
    finds: [],
  },
  {
    what: 'a namespace that says nothing',
    more: namespace({}),
    finds: ['AIM801.notInjected metadata.labels'],
  },
  {
    what: 'a namespace that says nothing, in a mesh that injects by default',
    more: `${namespace({})}
apiVersion: v1
kind: ConfigMap
metadata: { namespace: istio-system, name: istio-sidecar-injector }
data: { values: '{"sidecarInjectorWebhook":{"enableNamespacesByDefault":true}}' }
`,
    finds: ['AIM801.byDefault metadata.labels'],
  },
  {
    what: 'a namespace that keeps injection off',
    more: namespace({ 'istio-injection': 'disabled' }),
    finds: [],
  },
  {
    what: 'a namespace with both labels of injection',
    more: namespace({ 'istio-injection': 'enabled', 'istio.io/rev': 'stable' }),
    finds: ['AIM801.labels metadata.labels'],
  },
  {
    what: 'a pod without the proxy that its namespace asks for',
    more:
      namespace({ 'istio-injection': 'enabled' }) +
      pod('chat-bare', { app: 'chat', version: 'v1' }, false),
    finds: ['AIM401.noProxy', 'AIM801.missingProxy'],
  },
  {
    what: 'a pod that keeps the proxy out itself',
    more:
      namespace({ 'istio-injection': 'enabled' }) +
      pod(
        'chat-bare',
        { app: 'chat', version: 'v1', 'sidecar.istio.io/inject': 'false' },
        false,
      ),
    finds: ['AIM401.noProxy'],
  },
  {
    what: 'a port whose name says no protocol',
    more: service(
      '{ selector: { app: chat }, ports: [{ name: web, port: 80, targetPort: 8080 }, { port: 3306, targetPort: 8080, name: db }] }',
    ),
    finds: ['AIM803.name spec.ports[0]', 'AIM805.ports', 'AIM805.ports'],
  },
  {
    what: 'a port with an appProtocol that nobody knows',
    more: service(
      '{ selector: { app: chat }, ports: [{ name: http, port: 80, targetPort: 8080, appProtocol: soap }] }',
    ),
    finds: ['AIM803.appProtocol spec.ports[0]'],
  },
  {
    what: 'a port with an appProtocol instead of a name',
    more: service(
      '{ selector: { app: chat }, ports: [{ name: web, port: 80, targetPort: 8080, appProtocol: kubernetes.io/h2c }] }',
    ),
    finds: [],
  },
  {
    what: 'a port that no container declares',
    more: service(
      `{ selector: { app: chat }, ports: [${PORTS}, { name: http-admin, port: 81, targetPort: admin }] }`,
    ),
    finds: ['AIM804 spec.ports[1]'],
  },
  {
    what: 'another service over the same pods, with another protocol of the port',
    more: service(
      '{ selector: { app: chat }, ports: [{ name: udp, port: 80, targetPort: 8080, protocol: UDP }] }',
      'chat-udp',
    ),
    finds: ['AIM805.protocols', 'AIM805.protocols'],
  },
  {
    what: 'the same service in another cluster, with other ports',
    options: twin([{ name: 'http', port: 80, targetPort: 8081 }]),
    finds: ['AIM806 spec'],
  },
  {
    what: 'the same service in another cluster',
    options: twin([
      { name: 'tcp-metrics', port: 9090, targetPort: 'metrics' },
      { name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' },
    ]),
    finds: [],
  },
  {
    what: 'ambient with a waypoint that is there',
    changes: {
      AuthorizationPolicy: () => null,
      Telemetry: () => null,
    },
    more: namespace(CAPTURED) + redirected + waypoint,
    finds: ['AIM404.missing', 'AIM501'],
  },
  {
    what: 'ambient with a waypoint that is not there',
    changes: { Telemetry: () => null },
    more: namespace(CAPTURED) + redirected,
    finds: [
      'AIM415.waypointMissing spec.host',
      'AIM415.waypointMissing spec.hosts',
      'AIM501',
      'AIM802.waypointMissing',
      'AIM802.waypointMissing',
    ],
  },
  {
    what: 'ambient with a waypoint of the service alone, and a policy attached to the service',
    changes: { Telemetry: () => null, AuthorizationPolicy: () => null },
    more: `${
      namespace(AMBIENT) +
      redirected +
      waypoint +
      service(
        `{ selector: { app: chat }, ports: [${PORTS}] }`,
        'chat, labels: { istio.io/use-waypoint: waypoint }',
      )
    }
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { namespace: ai, name: paths }
spec: { targetRefs: [{ kind: Service, name: chat }], rules: [{ from: [{ source: { principals: [cluster.local/ns/ai/sa/gateway] } }], to: [{ operation: { methods: [POST] } }] }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { namespace: ai, name: others }
spec: { action: DENY, selector: { matchLabels: { app: gateway } }, rules: [{ from: [{ source: { namespaces: [nowhere] } }], to: [{ operation: { methods: [POST] } }] }] }
---
`,
    finds: ['AIM501'],
  },
  {
    what: 'ambient without a waypoint',
    more: `${namespace(AMBIENT) + redirected}
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { namespace: ai, name: paths }
spec: { action: DENY, selector: { matchLabels: { app: chat } }, rules: [{ to: [{ operation: { paths: [/admin] } }] }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { namespace: ai, name: provider }
spec: { host: api.example.com, trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5 } } }
`,
    finds: [
      'AIM407.noEffect spec.rules[0]',
      'AIM415.noWaypoint',
      'AIM415.noWaypoint',
      'AIM415.notCaptured spec.host',
      'AIM415.notCaptured spec.hosts',
      'AIM415.selector',
      'AIM415.workload',
      'AIM415.workload',
    ],
    theirs: [
      'AIM407.noEffect AuthorizationPolicy/paths KIA0110 KIA0109',
      'AIM415.noWaypoint DestinationRule/provider KIA0210',
      'AIM415.noWaypoint Telemetry/default KIA1112',
      'AIM415.notCaptured DestinationRule/chat KIA0211',
      'AIM415.notCaptured VirtualService/chat KIA1113',
      'AIM415.selector Telemetry/default KIA1117',
      'AIM415.workload Deployment/chat-v1 KIA1317',
      'AIM415.workload Deployment/chat-v2 KIA1317',
    ],
  },
  {
    what: 'routes and tokens in ambient without a waypoint',
    changes: { AuthorizationPolicy: () => null, Telemetry: () => null },
    more: `${namespace(AMBIENT) + redirected}
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { namespace: ai, name: provider }
spec: { hosts: [api.example.com], http: [{ route: [{ destination: { host: api.example.com } }] }] }
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { namespace: ai, name: tokens }
spec: { selector: { matchLabels: { app: chat } }, jwtRules: [{ issuer: example.com }] }
`,
    finds: [
      'AIM404.missing',
      'AIM415.noWaypoint',
      'AIM415.noWaypoint',
      'AIM415.notCaptured spec.host',
      'AIM415.notCaptured spec.hosts',
      'AIM415.selector',
      'AIM501',
    ],
    theirs: [
      'AIM404.missing Service/chat KIA1301',
      'AIM415.noWaypoint RequestAuthentication/tokens KIA1110',
      'AIM415.noWaypoint VirtualService/provider KIA1109',
      'AIM415.notCaptured DestinationRule/chat KIA0211',
      'AIM415.notCaptured VirtualService/chat KIA1113',
      'AIM415.selector RequestAuthentication/tokens KIA1115',
    ],
  },
  {
    what: 'plugins in ambient, of which one has a waypoint',
    changes: {
      AuthorizationPolicy: () => null,
      Telemetry: () => null,
    },
    more: `${
      namespace(AMBIENT) +
      redirected +
      waypoint +
      service(
        `{ selector: { app: chat }, ports: [${PORTS}] }`,
        'chat, labels: { istio.io/use-waypoint: waypoint }',
      )
    }
apiVersion: extensions.istio.io/v1alpha1
kind: WasmPlugin
metadata: { namespace: ai, name: attached }
spec: { targetRefs: [{ kind: Service, name: chat }], url: oci://registry.example/filter }
---
apiVersion: extensions.istio.io/v1alpha1
kind: WasmPlugin
metadata: { namespace: ai, name: selecting }
spec: { selector: { matchLabels: { app: chat } }, url: oci://registry.example/filter }
`,
    finds: ['AIM404.missing', 'AIM415.noWaypoint', 'AIM415.selector', 'AIM501'],
    theirs: [
      'AIM404.missing Service/chat KIA1301',
      'AIM415.noWaypoint WasmPlugin/selecting KIA1111',
      'AIM415.selector WasmPlugin/selecting KIA1116',
    ],
  },
  {
    what: 'a container that is told to listen on a loopback address',
    more: `
apiVersion: v1
kind: Pod
metadata: { namespace: ai, name: chat-v1-local, labels: { app: chat, version: v1 } }
spec:
  serviceAccountName: chat
  containers:
    - { name: istio-proxy }
    - { name: app, args: [serve, --host, 127.0.0.1, --port, '8080'], ports: [{ name: http, containerPort: 8080 }] }
status: { phase: Running, ready: true }
`,
    finds: ['AIM807 spec.ports[0]'],
  },
  {
    what: 'a rule for the whole mesh, in ambient',
    changes: { DestinationRule: () => null, VirtualService: () => null },
    more: `${namespace(CAPTURED) + redirected + waypoint}
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { namespace: istio-system, name: chat }
spec: { host: chat.ai.svc.cluster.local, trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5, maxEjectionPercent: 50 } } }
`,
    finds: [
      'AIM101',
      'AIM106',
      'AIM204.missing spec.trafficPolicy',
      'AIM415.otherNamespace spec.host',
      'AIM415.selector',
    ],
    theirs: [
      'AIM415.otherNamespace DestinationRule/chat KIA0212',
      'AIM415.selector Telemetry/default KIA1117',
    ],
  },
  {
    what: 'a route of the mesh’s own namespace, in ambient',
    changes: { VirtualService: () => null },
    more: `${namespace(CAPTURED) + redirected + waypoint}
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { namespace: istio-system, name: chat }
spec:
  hosts: [chat.ai.svc.cluster.local]
  http:
  - timeout: 60s
    retries: { attempts: 0 }
    route: [{ destination: { host: chat.ai.svc.cluster.local } }]
`,
    finds: ['AIM415.otherNamespace spec.hosts', 'AIM415.selector'],
    theirs: [
      'AIM415.otherNamespace VirtualService/chat KIA1114',
      'AIM415.selector Telemetry/default KIA1117',
    ],
  },
  {
    what: 'sidecars in ambient',
    more: namespace(AMBIENT),
    finds: [
      'AIM415.noWaypoint',
      'AIM415.notCaptured spec.host',
      'AIM415.notCaptured spec.hosts',
      'AIM415.selector',
      'AIM802.sidecar',
      'AIM802.sidecar',
    ],
    theirs: [
      'AIM415.noWaypoint Telemetry/default KIA1112',
      'AIM415.notCaptured DestinationRule/chat KIA0211',
      'AIM415.notCaptured VirtualService/chat KIA1113',
      'AIM415.selector Telemetry/default KIA1117',
      'AIM802.sidecar Deployment/chat-v1 KIA1315 KIA1316',
      'AIM802.sidecar Deployment/chat-v2 KIA1315 KIA1316',
    ],
  },
  {
    what: 'labels for a sidecar and for ambient',
    more:
      namespace({ 'istio.io/rev': 'stable' }) +
      pod('chat-odd', {
        app: 'chat',
        version: 'v9',
        'istio.io/dataplane-mode': 'ambient',
      }),
    finds: ['AIM802.labels', 'AIM802.redirected'],
    theirs: [
      'AIM802.labels Pod/chat-odd KIA1311',
      'AIM802.redirected Pod/chat-odd KIA1314',
    ],
  },
  {
    what: 'a waypoint for what is not in ambient',
    more:
      namespace({
        'istio.io/rev': 'stable',
        'istio.io/use-waypoint': 'waypoint',
      }) + waypoint,
    finds: ['AIM802.waypointOutside', 'AIM802.waypointOutside'],
    theirs: [
      'AIM802.waypointOutside Deployment/chat-v1 KIA1312',
      'AIM802.waypointOutside Deployment/chat-v2 KIA1312',
    ],
  },
];
