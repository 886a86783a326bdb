import { snapshotOfObjects } from '../../kubernetes/__testUtils__/snapshotFromYaml';
import type { Case } from './cases';
import { soundMesh, type Change } from './soundMesh';

const outliers = (changed: Record<string, unknown>): Change => {
  return spec => {
    const { outlierDetection } = spec.trafficPolicy;
    for (const [name, value] of Object.entries(changed)) {
      if (value === undefined) {
        delete outlierDetection[name];
      } else {
        outlierDetection[name] = value;
      }
    }
  };
};
/** A share of the service as a whole, where subsets have a sound one of their own. */
const outliersButOfSubsets = (maxEjectionPercent: number): Change => {
  return spec => {
    const { outlierDetection } = spec.trafficPolicy;
    for (const subset of spec.subsets) {
      subset.trafficPolicy = {
        ...subset.trafficPolicy,
        outlierDetection: { ...outlierDetection, maxEjectionPercent: 50 },
      };
    }
    outliers({ maxEjectionPercent })(spec);
  };
};
const mirror = (rule: Record<string, unknown>): Change => {
  return spec => {
    Object.assign(spec.http[1], rule);
  };
};
const MAX = 'spec.trafficPolicy.outlierDetection.maxEjectionPercent';
const FIRST = 'spec.trafficPolicy.outlierDetection.consecutive5xxErrors';

/** Two more pods of a version, with their endpoints. */
const more = (version: string) => `
apiVersion: v1
kind: Pod
metadata: { namespace: ai, name: chat-${version}-more, labels: { app: chat, version: ${version} } }
spec: { containers: [{ name: app }, { name: istio-proxy }] }
status: { phase: Running, ready: true }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { namespace: ai, name: chat-${version}, labels: { kubernetes.io/service-name: chat } }
endpoints:
- { addresses: [10.0.0.9], targetRef: { kind: Pod, name: chat-${version}-more } }
---
`;

const gone: Change = () => null;
/** So many endpoints of each version in the place of those that there are. */
const endpoints = (each: 1 | 2, versions = ['v1', 'v2']) => `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { namespace: ai, name: chat-few, labels: { kubernetes.io/service-name: chat } }
endpoints: ${JSON.stringify(
  versions.flatMap(version =>
    ['xyz', 'two'].slice(0, each).map(pod => ({
      addresses: [
        `10.0.1.${version.slice(1)}${pod.length}${pod.charCodeAt(0)}`,
      ],
      targetRef: { kind: 'Pod', name: `chat-${version}-abc12-${pod}` },
    })),
  ),
)}
---
`;

/** The same service in another cluster. */
const soundWest = (): Case['options'] => {
  const snapshot = snapshotOfObjects(soundMesh());
  const object = snapshot.get('Service', 'ai', 'chat')!;
  return { elsewhere: [{ cluster: 'west', object, snapshot }] };
};

/** What has no effect. */
export const effectCases: Case[] = [
  {
    what: 'two endpoints of a version of which 10% may be ejected',
    changes: { DestinationRule: outliers({ maxEjectionPercent: 10 }) },
    finds: [`AIM207.share ${MAX}`],
  },
  {
    what: 'no share, which is 10%',
    changes: { DestinationRule: outliers({ maxEjectionPercent: undefined }) },
    finds: [`AIM207.share ${MAX}`],
  },
  {
    what: 'a share of 0, which Istio takes for none',
    changes: { DestinationRule: outliers({ maxEjectionPercent: 0 }) },
    finds: [`AIM207.share ${MAX}`],
  },
  {
    what: 'two endpoints of which 10% may be ejected',
    changes: {
      DestinationRule: outliers({ maxEjectionPercent: 10 }),
      EndpointSlice: gone,
    },
    more: endpoints(1),
    finds: [`AIM207.share ${MAX}`, `AIM207.single ${MAX}`],
  },
  {
    what: 'subsets of one endpoint each, of which half may be ejected',
    changes: { EndpointSlice: gone },
    more: endpoints(1),
    finds: [`AIM207.single ${MAX}`],
  },
  {
    what: 'subsets of one endpoint each, of which all may be ejected',
    changes: {
      DestinationRule: outliers({ maxEjectionPercent: 100 }),
      EndpointSlice: gone,
    },
    more: endpoints(1),
    finds: [`AIM203.capacity ${MAX}`],
  },
  {
    what: 'a service of one endpoint',
    changes: {
      VirtualService: spec => {
        spec.http.shift();
        spec.http[0].route = [{ destination: { host: 'chat' } }];
      },
      DestinationRule: spec => {
        delete spec.subsets;
      },
      EndpointSlice: gone,
    },
    more: endpoints(1, ['v1']),
    finds: [`AIM207.single ${MAX}`],
  },
  {
    what: 'a service of one endpoint without outlier detection',
    changes: {
      VirtualService: spec => {
        spec.http.shift();
        spec.http[0].route = [{ destination: { host: 'chat' } }];
      },
      DestinationRule: spec => {
        delete spec.subsets;
        delete spec.trafficPolicy.outlierDetection;
      },
      EndpointSlice: gone,
    },
    more: endpoints(1, ['v1']),
    finds: ['AIM201 spec.trafficPolicy'],
  },
  {
    what: 'one endpoint of two of a version that may be ejected, and a bound that then ends it',
    changes: { DestinationRule: outliers({ minHealthPercent: 60 }) },
    finds: [
      'AIM203.panic spec.trafficPolicy.outlierDetection.minHealthPercent',
    ],
  },
  {
    what: 'a share that is just one endpoint',
    changes: { DestinationRule: outliers({ maxEjectionPercent: 50 }) },
    finds: [],
  },
  {
    what: 'a share just below one endpoint',
    changes: { DestinationRule: outliers({ maxEjectionPercent: 49 }) },
    finds: [`AIM207.share ${MAX}`],
  },
  {
    what: 'a share that is one of all endpoints, and none of a subset',
    changes: { DestinationRule: outliers({ maxEjectionPercent: 34 }) },
    more: more('v1'),
    finds: [`AIM207.share ${MAX}`],
  },
  {
    what: 'a share that is none of the endpoints of this cluster alone',
    changes: { DestinationRule: outliersButOfSubsets(24) },
    finds: [`AIM207.share ${MAX}`],
  },
  {
    what: 'a share that is one only with the endpoints of another cluster, which may be a gateway to them',
    changes: { DestinationRule: outliersButOfSubsets(24) },
    finds: [],
    options: soundWest(),
  },
  {
    what: 'a share that is none even with the endpoints of another cluster',
    changes: { DestinationRule: outliers({ maxEjectionPercent: 10 }) },
    options: soundWest(),
    finds: [`AIM207.share ${MAX}`],
  },
  {
    what: 'counts that are all switched off',
    changes: {
      DestinationRule: outliers({
        consecutive5xxErrors: 0,
        consecutiveGatewayErrors: 0,
      }),
    },
    finds: [`AIM207.counts ${FIRST}`],
  },
  {
    what: 'no count for gateway errors, and 5xx switched off',
    changes: {
      DestinationRule: outliers({
        consecutive5xxErrors: 0,
        consecutiveGatewayErrors: undefined,
      }),
    },
    finds: [`AIM207.counts ${FIRST}`],
  },
  {
    what: 'failures to connect as the only count',
    changes: {
      DestinationRule: outliers({
        consecutive5xxErrors: 0,
        consecutiveGatewayErrors: 0,
        splitExternalLocalOriginErrors: true,
      }),
    },
    finds: [],
  },
  {
    what: 'no counts at all, which is 5 errors of any kind',
    changes: {
      DestinationRule: outliers({
        consecutive5xxErrors: undefined,
        consecutiveGatewayErrors: undefined,
      }),
    },
    finds: [],
  },
  {
    what: 'a port that the destination does not have',
    changes: {
      VirtualService: spec => {
        spec.http[1].route[1].destination.port = { number: 8080 };
      },
    },
    finds: ['AIM301.port spec.http[1].route[1].destination'],
  },
  {
    what: 'a port that it has',
    changes: {
      VirtualService: spec => {
        spec.http[1].route[1].destination.port = { number: 80 };
      },
    },
    finds: [],
  },
  {
    what: 'a mirror to a host that does not exist',
    changes: {
      VirtualService: mirror({
        mirror: { host: 'chart' },
        mirrorPercentage: { value: 1 },
      }),
    },
    finds: [
      'AIM301.mirrorHost spec.http[1].mirror.host',
      'AIM306 spec.http[1]',
    ],
  },
  {
    what: 'a mirror among several, to a subset that does not exist',
    changes: {
      VirtualService: mirror({
        mirrors: [
          { destination: { host: 'chat', subset: 'v2' } },
          { destination: { host: 'chat', subset: 'v3' } },
        ],
      }),
    },
    finds: [
      'AIM301.mirrorSubset spec.http[1].mirrors[1].destination.subset',
      'AIM306 spec.http[1]',
    ],
  },
  {
    what: 'a mirror to a subset that nobody defines but a rule that its callers do not see',
    changes: {
      VirtualService: mirror({ mirror: { host: 'chat', subset: 'v3' } }),
    },
    more: `---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { namespace: third, name: theirs }
spec: { host: chat.ai.svc.cluster.local, subsets: [{ name: v3, labels: { version: v3 } }] }
`,
    finds: [
      'AIM301.mirrorSubset spec.http[1].mirror.subset',
      'AIM306 spec.http[1]',
    ],
  },
  {
    what: 'a breaker that a rule of another namespace sets for its own callers alone',
    changes: {
      DestinationRule: spec => {
        delete spec.trafficPolicy;
      },
    },
    more: `---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { namespace: third, name: theirs }
spec:
  host: chat.ai.svc.cluster.local
  subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 } }]
  trafficPolicy:
    connectionPool: { tcp: { maxConnections: 100 }, http: { http1MaxPendingRequests: 50, http2MaxRequests: 100 } }
    outlierDetection: { consecutiveGatewayErrors: 5, consecutive5xxErrors: 10, interval: 30s, baseEjectionTime: 60s, maxEjectionPercent: 50 }
`,
    finds: ['AIM201 spec.trafficPolicy', 'AIM204.missing spec.trafficPolicy'],
  },
  {
    what: 'subsets that are defined for callers of one namespace alone, of a route for all',
    changes: {
      DestinationRule: spec => {
        spec.exportTo = ['.'];
      },
    },
    finds: [
      'AIM301.unseenSubset spec.http[0].route[0].destination',
      'AIM301.unseenSubset spec.http[1].route[0].destination',
      'AIM301.unseenSubset spec.http[1].route[1].destination',
    ],
  },
  {
    what: 'subsets that are defined for callers of one namespace, of a route for those',
    changes: {
      DestinationRule: spec => {
        spec.exportTo = ['.'];
      },
      VirtualService: spec => {
        spec.exportTo = ['.'];
      },
    },
    finds: [],
  },
  {
    what: 'a mirror to a port that does not exist',
    changes: {
      VirtualService: mirror({
        mirror: { host: 'chat', port: { number: 81 } },
      }),
    },
    finds: [
      'AIM301.mirrorPort spec.http[1].mirror.port.number',
      'AIM306 spec.http[1]',
    ],
  },
  {
    what: 'a rule above that keeps the version that has nothing any more',
    changes: {
      VirtualService: spec => {
        spec.http[0].route[0].destination.subset = 'v1';
        spec.http[1].route[0].weight = 0;
        spec.http[1].route[1].weight = 100;
      },
    },
    finds: ['AIM307 spec.http[0]'],
  },
  {
    what: 'a rule above that tries the version that has nothing yet',
    changes: {
      VirtualService: spec => {
        spec.http[1].route = [{ destination: { host: 'chat', subset: 'v1' } }];
      },
    },
    finds: [],
  },
];
