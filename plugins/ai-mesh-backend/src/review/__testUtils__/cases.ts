import { known } from '@ai-mesh/plugin-ai-mesh-common';
import type { FindingMessageKey } from '@ai-mesh/plugin-ai-mesh-common';
import { caller } from '../../security/__testUtils__/assessChat';
import type { ReviewOptions } from './reviewOf';
import type { Change } from './soundMesh';

/** One way to earn a finding: what to change in a sound mesh, and what is found then. */
export interface Case {
  readonly what: string;
  readonly changes?: Partial<Record<string, Change>>;
  readonly more?: string;
  readonly options?: ReviewOptions;
  /** What metrics say once the fix is in, where that differs. */
  readonly afterwards?: ReviewOptions;
  /** Every finding, as `key path`. */
  readonly finds: readonly `${FindingMessageKey}${string}`[];
  /** What istioctl and Kiali call the findings, as `key Kind/name codes`: of those that they have codes for. */
  readonly theirs?: readonly `${FindingMessageKey} ${string}`[];
}

const http = (change: (rule: any, index: number) => unknown): Change => {
  return spec => {
    spec.http.forEach(change);
  };
};
const split = (change: (rule: any) => unknown): Change => {
  return spec => {
    change(spec.http[1]);
  };
};
const policy = (change: (trafficPolicy: any) => unknown): Change => {
  return spec => {
    change(spec.trafficPolicy);
  };
};
const gone: Change = () => null;
const permissive: Change = spec => {
  spec.mtls.mode = 'PERMISSIVE';
};
const slow = { telemetry: { p99Ms: known(70_000) } };

/** Routes: AIM1xx and AIM3xx. */
export const routeCases: Case[] = [
  { what: 'nothing', finds: [] },
  {
    what: 'a rule without a timeout',
    changes: { VirtualService: split(rule => delete rule.timeout) },
    finds: ['AIM101 spec.http[1]'],
  },
  {
    what: 'a service that nothing routes',
    changes: { VirtualService: gone },
    finds: ['AIM101', 'AIM106'],
  },
  {
    what: 'a timeout below the p99',
    options: slow,
    finds: ['AIM102 spec.http[0].timeout', 'AIM102 spec.http[1].timeout'],
  },
  {
    what: 'a timeout below the p99 of the one version that the rule sends to',
    options: {
      telemetry: {
        p99MsByVersion: new Map([
          ['v1', 2000],
          ['v2', 40_000],
        ]),
      },
    },
    finds: ['AIM102 spec.http[0].timeout'],
  },
  {
    what: 'one request in a hundred cut off',
    changes: {
      VirtualService: spec => {
        spec.http.shift();
      },
    },
    options: { telemetry: { cutOffRatio: known(0.02) } },
    afterwards: { telemetry: { cutOffRatio: known(0) } },
    finds: ['AIM102 spec.http[0].timeout'],
  },
  {
    what: 'answers that are cut off by one of several timeouts',
    options: {
      telemetry: { p99Ms: known(29_500), cutOffRatio: known(0.02) },
    },
    afterwards: { telemetry: { cutOffRatio: known(0) } },
    finds: ['AIM102 spec.http[0].timeout'],
  },
  {
    what: 'retries that may be billed',
    changes: {
      VirtualService: http((rule, index) => {
        rule.retries.retryOn =
          index === 0 ? 'gateway-error,retriable-4xx' : '503,connect-failure';
      }),
    },
    finds: [
      'AIM103 spec.http[0].retries.retryOn',
      'AIM103 spec.http[1].retries.retryOn',
    ],
  },
  {
    what: 'retries on gateway errors',
    changes: {
      VirtualService: split(rule => {
        rule.retries.retryOn = 'gateway-error,connect-failure';
      }),
    },
    finds: ['AIM103.gatewayError spec.http[1].retries.retryOn'],
  },
  {
    what: 'retries that do not fit',
    changes: {
      VirtualService: split(rule => {
        rule.retries.perTryTimeout = '31s';
      }),
    },
    finds: ['AIM104 spec.http[1].retries.perTryTimeout'],
  },
  {
    what: 'retries that just fit',
    changes: {
      VirtualService: split(rule => {
        rule.retries.perTryTimeout = '30s';
      }),
    },
    finds: [],
  },
  {
    what: 'retries switched off, whatever they would have been on',
    changes: {
      VirtualService: spec => {
        spec.http[0].name = 'stream';
        spec.http[0].retries = { attempts: 0, retryOn: '5xx' };
      },
    },
    finds: [],
  },
  {
    what: 'a timeout of nothing, which is none',
    changes: {
      VirtualService: split(rule => {
        rule.timeout = '0s';
      }),
    },
    finds: ['AIM101 spec.http[1]'],
  },
  {
    what: 'a p99 just at the timeout',
    options: { telemetry: { p99Ms: known(30_000) } },
    finds: [],
  },
  {
    what: 'retries on a stream',
    changes: {
      VirtualService: spec => {
        spec.http[0].match[0].uri = { prefix: '/api/stream-chat' };
      },
    },
    finds: ['AIM105 spec.http[0].retries'],
  },
  {
    what: 'no retry block',
    changes: { VirtualService: split(rule => delete rule.retries) },
    finds: ['AIM106 spec.http[1]'],
  },
  {
    what: 'no retry block on a stream',
    changes: {
      VirtualService: spec => {
        spec.http[0].name = 'stream';
        delete spec.http[0].retries;
      },
    },
    finds: ['AIM106 spec.http[0]'],
  },
  {
    what: 'a host that is not there',
    changes: {
      VirtualService: split(rule => {
        rule.route = [{ destination: { host: 'chart' } }];
      }),
    },
    finds: ['AIM301.host spec.http[1].route[0].destination'],
  },
  {
    what: 'a host that is no full name',
    changes: {
      VirtualService: split(rule => {
        rule.route = [{ destination: { host: 'chat.ai' } }];
      }),
    },
    finds: ['AIM301.host spec.http[1].route[0].destination'],
  },
  {
    what: 'a subset that is not defined, though its pods are there',
    changes: {
      DestinationRule: spec => {
        spec.subsets.pop();
      },
    },
    finds: [
      'AIM301.subset spec.http[0].route[0].destination',
      'AIM301.subset spec.http[1].route[1].destination',
    ],
  },
  {
    what: 'a subset without pods',
    changes: {
      DestinationRule: spec => {
        spec.subsets.push({ name: 'v3', labels: { version: 'v3' } });
      },
    },
    finds: ['AIM301.emptySubset spec.subsets[2]'],
  },
  {
    what: 'a subset without pods that gets traffic',
    changes: {
      DestinationRule: spec => {
        spec.subsets[1].labels.version = 'v3';
      },
    },
    finds: [
      'AIM301.endpoints spec.http[0].route[0].destination',
      'AIM301.endpoints spec.http[1].route[1].destination',
      'AIM301.emptySubset spec.subsets[1]',
    ],
  },
  ...[
    'topology.kubernetes.io/region',
    'topology.kubernetes.io/zone',
    'topology.istio.io/subzone',
    'topology.istio.io/cluster',
    'topology.istio.io/network',
    'kubernetes.io/hostname',
  ].map(label => ({
    what: `a subset by ${label}, which Istio gives endpoints and no pod carries`,
    changes: {
      DestinationRule: (spec: Parameters<Change>[0]) => {
        spec.subsets[1].labels = { [label]: 'a' };
      },
    },
    finds: [],
  })),
  {
    what: 'a DestinationRule for a misspelt host',
    changes: {
      DestinationRule: spec => {
        spec.host = 'chta';
      },
    },
    finds: [
      'AIM301.subset spec.http[0].route[0].destination',
      'AIM301.subset spec.http[1].route[0].destination',
      'AIM301.subset spec.http[1].route[1].destination',
      'AIM201',
      'AIM204.missing',
      'AIM301.ruleHost spec.host',
    ],
  },
  {
    what: 'a rule after one that takes everything',
    changes: {
      VirtualService: spec => {
        spec.http.reverse();
      },
    },
    finds: ['AIM302.unreachable spec.http[1]'],
  },
  {
    what: 'an alternative that another takes before',
    changes: {
      VirtualService: spec => {
        spec.http[0].match.push(
          { uri: { prefix: '/a' } },
          { uri: { prefix: '/ab' }, method: { exact: 'GET' } },
        );
      },
    },
    finds: ['AIM302.overlap spec.http[0].match[2]'],
  },
  {
    what: 'two VirtualServices for one host',
    more: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { namespace: ai, name: other, creationTimestamp: '2026-02-01T00:00:00Z' }
spec:
  hosts: [chat.ai.svc.cluster.local]
  http: [{ timeout: 60s, retries: { attempts: 0 }, route: [{ destination: { host: chat } }] }]
`,
    finds: ['AIM303 spec.hosts'],
  },
  {
    what: 'weights that do not add up',
    changes: {
      VirtualService: split(rule => {
        rule.route[0].weight = 50;
      }),
    },
    finds: ['AIM304 spec.http[1].route'],
  },
  {
    what: 'a weight on the only destination',
    changes: {
      VirtualService: spec => {
        spec.http[0].route[0].weight = 50;
      },
    },
    finds: [],
  },
  {
    what: 'faults and mirrors of no request',
    changes: {
      VirtualService: split(rule => {
        rule.fault = { abort: { httpStatus: 503, percentage: { value: 0 } } };
        rule.mirror = { host: 'chat' };
        rule.mirrorPercentage = { value: 0 };
      }),
    },
    finds: [],
  },
  {
    what: 'a fault left on',
    changes: {
      VirtualService: split(rule => {
        rule.fault = {
          delay: { fixedDelay: '5s', percentage: { value: 10 } },
          abort: { httpStatus: 503, percentage: { value: 0 } },
        };
      }),
    },
    finds: ['AIM305 spec.http[1].fault'],
  },
  {
    what: 'a mirror',
    changes: {
      VirtualService: split(rule => {
        rule.mirror = { host: 'chat', subset: 'v2' };
        rule.mirrorPercentage = { value: 20 };
      }),
    },
    finds: ['AIM306 spec.http[1]'],
  },
];

/** Circuit breakers: AIM2xx. */
export const breakerCases: Case[] = [
  {
    what: 'no outlier detection',
    changes: {
      DestinationRule: policy(trafficPolicy => {
        delete trafficPolicy.outlierDetection;
      }),
    },
    finds: ['AIM201 spec.trafficPolicy'],
  },
  {
    what: 'no DestinationRule',
    changes: {
      DestinationRule: gone,
      VirtualService: http(rule => {
        rule.route = [{ destination: { host: 'chat' } }];
      }),
    },
    finds: ['AIM201', 'AIM204.missing'],
  },
  {
    what: 'a dead rule for gateway errors',
    changes: {
      DestinationRule: policy(trafficPolicy => {
        trafficPolicy.outlierDetection.consecutive5xxErrors = 5;
      }),
    },
    finds: ['AIM202 spec.trafficPolicy.outlierDetection.consecutive5xxErrors'],
  },
  {
    what: "a dead rule for gateway errors by Istio's default",
    changes: {
      DestinationRule: policy(trafficPolicy => {
        delete trafficPolicy.outlierDetection.consecutive5xxErrors;
      }),
    },
    finds: ['AIM202 spec.trafficPolicy.outlierDetection.consecutive5xxErrors'],
  },
  {
    what: 'a rule for 5xx that is switched off',
    changes: {
      DestinationRule: policy(trafficPolicy => {
        trafficPolicy.outlierDetection.consecutive5xxErrors = 0;
      }),
    },
    finds: [],
  },
  {
    what: 'an idle timeout of nothing, which is never',
    changes: {
      DestinationRule: policy(trafficPolicy => {
        trafficPolicy.connectionPool.http.idleTimeout = '0s';
      }),
    },
    finds: [],
  },
  {
    what: 'a subset with limits of its own below the peak',
    changes: {
      DestinationRule: spec => {
        spec.subsets[1].trafficPolicy = {
          connectionPool: { http: { http2MaxRequests: 5 } },
        };
      },
    },
    finds: [
      'AIM204.low spec.subsets[1].trafficPolicy.connectionPool.http.http2MaxRequests',
    ],
  },
  {
    what: 'ejection of everything',
    changes: {
      DestinationRule: policy(trafficPolicy => {
        trafficPolicy.outlierDetection.maxEjectionPercent = 100;
      }),
    },
    finds: [
      'AIM203.capacity spec.trafficPolicy.outlierDetection.maxEjectionPercent',
    ],
  },
  {
    what: 'ejection that ends with the first',
    changes: {
      DestinationRule: policy(trafficPolicy => {
        trafficPolicy.outlierDetection.minHealthPercent = 60;
      }),
    },
    finds: [
      'AIM203.panic spec.trafficPolicy.outlierDetection.minHealthPercent',
    ],
  },
  {
    what: 'no limits',
    changes: {
      DestinationRule: policy(trafficPolicy => {
        delete trafficPolicy.connectionPool;
      }),
    },
    finds: ['AIM204.missing spec.trafficPolicy'],
  },
  {
    what: 'limits below the peak',
    options: {
      telemetry: { peakInFlight: known(150.4), overflowPerSecond: known(1) },
    },
    finds: ['AIM204.low spec.trafficPolicy.connectionPool.tcp.maxConnections'],
  },
  {
    what: 'an idle timeout below the p99',
    changes: {
      DestinationRule: policy(trafficPolicy => {
        trafficPolicy.connectionPool.http.idleTimeout = '10s';
      }),
    },
    finds: ['AIM205 spec.trafficPolicy.connectionPool.http.idleTimeout'],
  },
  {
    what: 'breakers that nobody exports',
    options: { telemetry: { breakersExported: known(false) } },
    finds: ['AIM206 spec.trafficPolicy'],
  },
];

/** Security, telemetry, providers and versions: AIM4xx to AIM7xx. */
export const otherCases: Case[] = [
  {
    what: 'PERMISSIVE, and nobody in plaintext',
    changes: { PeerAuthentication: permissive },
    finds: ['AIM401.ready'],
  },
  {
    what: 'STRICT, and a pod without a proxy that nobody can hold to it',
    more: `
apiVersion: v1
kind: Pod
metadata: { namespace: ai, name: chat-v1-bare, labels: { app: chat, version: v1 } }
spec: { containers: [{ name: app }] }
status: { phase: Running, ready: true }
`,
    finds: ['AIM401.noProxy'],
  },
  {
    what: 'PERMISSIVE, with a caller in plaintext',
    changes: { PeerAuthentication: permissive },
    options: {
      observed: known([caller('gateway', 0, 100), caller('batch', 9, 0)]),
    },
    finds: [
      'AIM401.blocked',
      'AIM405.plaintextCaller spec.rules[0].from[0].source.principals',
    ],
  },
  {
    what: 'PERMISSIVE, and nobody looked',
    changes: { PeerAuthentication: permissive },
    options: {
      observed: { status: 'unknown', reason: 'not-configured', message: 'no' },
    },
    finds: ['AIM401.unknown'],
  },
  {
    what: 'a port on DISABLE',
    changes: {
      PeerAuthentication: spec => {
        spec.selector = { matchLabels: { app: 'chat' } };
        spec.portLevelMtls = { 15020: { mode: 'DISABLE' } };
      },
    },
    finds: ['AIM402 spec.portLevelMtls.15020.mode', 'AIM401.ready'],
  },
  {
    what: 'a client that speaks no mutual TLS to a STRICT server',
    changes: {
      DestinationRule: policy(trafficPolicy => {
        trafficPolicy.tls = { mode: 'DISABLE' };
      }),
    },
    finds: ['AIM403 spec.trafficPolicy.tls.mode'],
  },
  {
    what: 'a client that insists on mutual TLS with a server that takes none',
    changes: {
      PeerAuthentication: spec => {
        spec.mtls.mode = 'DISABLE';
      },
      DestinationRule: policy(trafficPolicy => {
        trafficPolicy.tls = { mode: 'ISTIO_MUTUAL' };
      }),
    },
    finds: ['AIM403 spec.trafficPolicy.tls.mode', 'AIM401.ready'],
  },
  {
    what: 'no policy at all',
    changes: { AuthorizationPolicy: gone },
    finds: ['AIM404.missing'],
  },
  {
    what: 'a rule that allows all',
    changes: {
      AuthorizationPolicy: spec => {
        spec.rules.push({});
      },
    },
    finds: ['AIM404.allowsAll spec.rules[1]'],
  },
  {
    what: 'an identity that never is',
    changes: {
      PeerAuthentication: spec => {
        spec.mtls.mode = 'DISABLE';
      },
    },
    finds: [
      'AIM405.never spec.rules[0].from[0].source.principals',
      'AIM401.ready',
    ],
  },
  {
    what: 'a DENY rule that plaintext evades',
    changes: {
      PeerAuthentication: permissive,
      AuthorizationPolicy: spec => {
        spec.action = 'DENY';
      },
    },
    finds: [
      'AIM405.bypass spec.rules[0].from[0].source.principals',
      'AIM401.ready',
    ],
  },
  {
    what: 'a DENY rule by trust domains that plaintext evades',
    changes: {
      PeerAuthentication: permissive,
      AuthorizationPolicy: spec => {
        spec.action = 'DENY';
        spec.rules = [
          { from: [{ source: { trustDomains: ['other.example'] } }] },
        ];
      },
    },
    finds: [
      'AIM405.bypass spec.rules[0].from[0].source.trustDomains',
      'AIM401.ready',
    ],
  },
  {
    what: 'traces without the model',
    changes: {
      Telemetry: spec => {
        spec.tracing[0].customTags = { zone: { literal: { value: 'eu' } } };
      },
    },
    finds: ['AIM501 spec.tracing'],
  },
  {
    what: 'no Telemetry at all',
    changes: { Telemetry: gone },
    finds: ['AIM501'],
  },
  {
    what: 'no traces',
    changes: {
      Telemetry: spec => {
        spec.tracing[0].randomSamplingPercentage = 0;
      },
    },
    finds: ['AIM502.none spec.tracing[0].randomSamplingPercentage'],
  },
  {
    what: 'every request traced under load',
    changes: {
      Telemetry: spec => {
        spec.tracing[0].randomSamplingPercentage = 100;
      },
    },
    options: { telemetry: { requestsPerSecond: known(20) } },
    finds: ['AIM502.all spec.tracing[0].randomSamplingPercentage'],
  },
  {
    what: 'every request traced, of which there are few',
    changes: {
      Telemetry: spec => {
        spec.tracing[0].randomSamplingPercentage = 100;
      },
    },
    finds: [],
  },
  {
    what: 'every request logged',
    changes: {
      Telemetry: spec => {
        delete spec.accessLogging[0].filter;
      },
    },
    finds: ['AIM503 spec.accessLogging[0]'],
  },
  {
    what: 'a provider without a ServiceEntry',
    options: {
      telemetry: {
        egress: known([
          { host: 'api.model.example', perSecond: 1 },
          { host: undefined, perSecond: 2 },
        ]),
      },
    },
    finds: ['AIM601.noEntry', 'AIM601.passthrough'],
  },
  {
    what: 'a provider called without TLS',
    more: `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { namespace: ai, name: model }
spec:
  hosts: [api.model.example]
  location: MESH_EXTERNAL
  resolution: DNS
  ports: [{ number: 80, name: http, protocol: HTTP, targetPort: 443 }]
`,
    options: {
      telemetry: {
        egress: known([{ host: 'api.model.example', perSecond: 1 }]),
      },
    },
    finds: ['AIM601.noTls spec.ports[0]'],
  },
  {
    what: 'a provider called with TLS from the proxy on',
    more: `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { namespace: ai, name: model }
spec:
  hosts: [api.model.example]
  location: MESH_EXTERNAL
  resolution: DNS
  ports: [{ number: 80, name: http, protocol: HTTP, targetPort: 443 }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { namespace: ai, name: model }
spec: { host: api.model.example, trafficPolicy: { tls: { mode: SIMPLE, sni: api.model.example, caCertificates: system } } }
`,
    options: {
      telemetry: {
        egress: known([{ host: 'api.model.example', perSecond: 1 }]),
      },
    },
    finds: [],
  },
  {
    what: 'a manifest in an alpha version, however it is served',
    more: `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  namespace: ai
  name: model
  annotations: { kubectl.kubernetes.io/last-applied-configuration: '{"apiVersion":"networking.istio.io/v1alpha3"}' }
spec: { hosts: [api.model.example], ports: [{ number: 443, name: tls, protocol: TLS }] }
`,
    options: {
      telemetry: {
        egress: known([{ host: 'api.model.example', perSecond: 1 }]),
      },
    },
    finds: ['AIM701 apiVersion'],
  },
  {
    what: 'an alpha version',
    more: `
apiVersion: networking.istio.io/v1alpha3
kind: ServiceEntry
metadata: { namespace: ai, name: model }
spec: { hosts: [api.model.example], ports: [{ number: 443, name: tls, protocol: TLS }] }
`,
    options: {
      telemetry: {
        egress: known([{ host: 'api.model.example', perSecond: 1 }]),
      },
    },
    finds: ['AIM701 apiVersion'],
  },
];
