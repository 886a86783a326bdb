import { known } from '@ai-mesh/plugin-ai-mesh-common';
import { caller } from '../../security/__testUtils__/assessChat';
import type { Case } from './cases';

/** One more pod behind the service, which takes part in the mesh without a sidecar. */
const ambientPod = `
apiVersion: v1
kind: Pod
metadata:
  namespace: ai
  name: chat-ambient
  labels: { app: chat, version: v1 }
  annotations: { ambient.istio.io/redirection: enabled }
spec: { containers: [{ name: app, ports: [{ name: metrics, containerPort: 15020 }] }] }
status: { phase: Running, ready: true }
---
`;
const openai = (trafficPolicy: string) => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { namespace: ai, name: openai }
spec:
  hosts: [api.openai.com]
  location: MESH_EXTERNAL
  resolution: DNS
  ports: [{ number: 443, name: tls, protocol: TLS }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { namespace: ai, name: openai }
spec: { host: api.openai.com, trafficPolicy: ${trafficPolicy} }
---
`;

const callsOpenai = {
  telemetry: { egress: known([{ host: 'api.openai.com', perSecond: 1 }]) },
};

/** Policies and TLS settings without effect, or with another than they say. */
export const policyCases: Case[] = [
  {
    what: 'a policy for a waypoint that is not there',
    more: `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { namespace: ai, name: stop }
spec:
  action: DENY
  targetRefs: [{ kind: Service, group: '', name: chat }]
  rules: [{ to: [{ operation: { paths: [/admin] } }] }]
---
`,
    finds: ['AIM407.noEffect spec.targetRefs[0]'],
  },
  {
    what: 'a rule for requests, at a workload without a sidecar',
    changes: {
      AuthorizationPolicy: spec => {
        spec.rules.push({
          from: [{ source: { principals: ['cluster.local/ns/ai/sa/batch'] } }],
          to: [{ operation: { methods: ['POST'] } }],
        });
      },
    },
    more: ambientPod,
    finds: [
      'AIM407.altered spec.rules[1]',
      'AIM415.workload',
      'AIM802.redirected',
    ],
  },
  {
    what: 'a selector for the pods of a gateway',
    more: `
apiVersion: v1
kind: Pod
metadata:
  namespace: ai
  name: waypoint-xyz
  labels: { app: edge, gateway.networking.k8s.io/gateway-name: waypoint }
spec: { containers: [{ name: istio-proxy }] }
status: { phase: Running, ready: true }
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { namespace: ai, name: tokens }
spec: { selector: { matchLabels: { app: edge } }, jwtRules: [{ issuer: me, jwks: '{}' }] }
---
`,
    finds: ['AIM408 spec.selector'],
  },
  {
    what: 'a Sidecar for a workload that has none',
    more: `${ambientPod}
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { namespace: ai, name: narrow }
spec: { workloadSelector: { labels: { app: chat } }, egress: [{ hosts: ['./*'] }] }
---
`,
    finds: ['AIM409 spec.workloadSelector', 'AIM802.redirected'],
  },
  {
    what: 'STRICT, where nobody who calls has a proxy',
    options: { observed: known([caller('batch', 100, 0)]) },
    finds: ['AIM410 spec.mtls.mode'],
  },
  {
    what: 'STRICT, where somebody who calls has no proxy',
    options: {
      observed: known([caller('batch', 100, 0), caller('gateway', 0, 100)]),
    },
    finds: [],
  },
  {
    what: 'TLS to a provider that nothing checks',
    more: openai('{ tls: { mode: SIMPLE } }'),
    options: callsOpenai,
    finds: ['AIM411.rule spec.trafficPolicy.tls'],
  },
  {
    what: 'TLS to a port of a provider that nothing checks',
    more: openai(
      '{ portLevelSettings: [{ port: { number: 443 }, tls: { mode: MUTUAL } }] }',
    ),
    options: callsOpenai,
    finds: ['AIM411.port spec.trafficPolicy.portLevelSettings[0].tls'],
  },
  {
    what: 'TLS to a provider that the system’s CAs check',
    more: openai('{ tls: { mode: SIMPLE, caCertificates: system } }'),
    options: callsOpenai,
    finds: [],
  },
  {
    what: 'TLS to a provider that somebody else calls',
    more: openai('{ tls: { mode: SIMPLE } }'),
    finds: [],
  },
];
