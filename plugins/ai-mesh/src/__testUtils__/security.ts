import {
  known,
  securitySchema,
  type CallerMtls,
  type MayCall,
  type ObjectRef,
  type Security,
  type ServiceMtls,
  type ServiceSecurity,
} from '@ai-mesh/plugin-ai-mesh-common';
import { answer, CLUSTER, OBSERVED_AT } from './answers';

const NAMESPACE = 'ai-services';

const ref = (kind: string, name: string): ObjectRef => ({
  cluster: CLUSTER,
  apiVersion: 'security.istio.io/v1',
  kind,
  namespace: NAMESPACE,
  name,
});

const namespacePolicy = {
  object: ref('PeerAuthentication', 'default'),
  path: 'spec.mtls.mode',
};
const access = ref('AuthorizationPolicy', 'ai-chat-service');
const telemetryObject = ref('Telemetry', 'ai-services');

const workload = (version: string) => ({
  kind: 'Deployment',
  namespace: NAMESPACE,
  name: `ai-chat-service-${version}`,
});

const pair = (
  outcome: 'encrypted' | 'plaintext',
): CallerMtls['pairs'][number] => ({
  workload: workload('v1'),
  port: 8080,
  client: { mode: outcome === 'encrypted' ? 'AUTO' : 'PLAINTEXT' },
  server: 'PERMISSIVE',
  outcome,
  message: `The call is ${outcome}.`,
});

const orchestrator = {
  cluster: CLUSTER,
  id: 'ai-services/ai-orchestrator',
  namespace: NAMESPACE,
  workload: 'ai-orchestrator',
  principal: 'cluster.local/ns/ai-services/sa/ai-orchestrator',
};
const nightly = {
  cluster: CLUSTER,
  id: 'ai-services/nightly-report',
  namespace: NAMESPACE,
  workload: 'nightly-report',
};

/** The nightly job calls in plaintext. */
export function mtls(change: Partial<ServiceMtls> = {}): ServiceMtls {
  return {
    status: 'mixed',
    message:
      'One caller was seen in plaintext: ai-services/nightly-report (no proxy).',
    workloads: ['v1', 'v2'].map(version => ({
      workload: workload(version),
      proxy: 'sidecar',
      ports: [
        {
          port: 8080,
          servicePorts: [{ port: 80, name: 'http' }],
          protocol: 'http',
          mode: 'PERMISSIVE',
          level: 'namespace',
          decidedBy: namespacePolicy,
        },
      ],
    })),
    callers: [
      {
        caller: nightly,
        proxy: 'none',
        pairs: [pair('plaintext')],
        observed: known({
          share: 0,
          encrypted: 0,
          plaintext: 300,
          plaintextConnections: 0,
          plaintextPerSecond: known(0.5),
          lastPlaintextAt: OBSERVED_AT,
          resolutionSeconds: 900,
        }),
        plaintextBecause: {
          kind: 'no-proxy',
          message: 'Its pods have no proxy.',
          at: [],
          suspects: [],
        },
      },
      {
        caller: orchestrator,
        proxy: 'sidecar',
        pairs: [pair('encrypted')],
        observed: known({
          share: 1,
          encrypted: 9000,
          plaintext: 0,
          plaintextConnections: 0,
          plaintextPerSecond: known(0),
          resolutionSeconds: 900,
        }),
      },
    ],
    observedShare: known(9000 / 9300),
    conflicts: [],
    readiness: {
      status: 'blocked',
      by: [
        {
          from: 'observation',
          caller: nightly,
          plaintextPerSecond: 0.5,
          lastPlaintextAt: OBSERVED_AT,
          message: 'Its pods have no proxy.',
          at: [],
        },
      ],
      manifests: [],
    },
    notes: [],
    ...change,
  };
}

/** Nobody calls in plaintext any more; the job would be refused, should it call. */
export function readyMtls(): ServiceMtls {
  return mtls({
    status: 'ready',
    message: 'No plaintext was seen over the last 7 d.',
    callers: [mtls().callers[1]],
    observedShare: known(1),
    readiness: {
      status: 'ready',
      manifests: [
        {
          scope: 'namespace',
          object: namespacePolicy.object,
          creates: false,
          yaml: 'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\n',
          exceptions: [],
          workloads: [workload('v1'), workload('v2')],
          wouldRefuse: [
            {
              from: 'configuration',
              caller: nightly,
              message: 'Job ai-services/nightly-report has no proxy.',
              at: [],
            },
          ],
        },
        {
          scope: 'workload',
          object: ref('PeerAuthentication', 'ai-chat-service-strict'),
          creates: true,
          yaml: 'kind: PeerAuthentication\n',
          exceptions: [
            {
              port: 9090,
              mode: 'PERMISSIVE',
              message: 'A probe calls it in plaintext.',
            },
          ],
          workloads: [workload('v1')],
          wouldRefuse: [],
        },
      ],
    },
  });
}

/** One service of the security screen. */
export function serviceSecurity(
  change: Partial<ServiceSecurity> = {},
): ServiceSecurity {
  return {
    service: {
      cluster: CLUSTER,
      namespace: NAMESPACE,
      name: 'ai-chat-service',
    },
    mtls: mtls(),
    authorization: {
      policies: [
        {
          object: access,
          action: 'ALLOW',
          scope: 'workload',
          rules: 2,
          dryRun: false,
          effect: 'full',
        },
      ],
      ineffective: [],
      waypoint: { status: 'none' },
      otherwise: 'denied',
      operations: [
        {
          id: 'POST /api/chat',
          label: 'POST /api/chat',
          from: 'policy',
          method: 'POST',
          path: '/api/chat',
        },
        {
          id: 'rest',
          label: '',
          from: 'rest',
          method: 'GET',
          path: '/~elsewhere',
        },
      ],
      callers: known([
        {
          caller: orchestrator,
          decisions: [
            {
              verdict: 'allowed',
              because: 'allow-rule',
              decidedBy: { object: access, path: 'spec.rules[0]' },
              message: 'spec.rules[0] allows it.',
            },
            {
              verdict: 'denied',
              because: 'no-rule-matched',
              decidedBy: { object: access, path: 'spec.rules' },
              message: 'No rule allows it.',
            },
          ],
        },
        {
          caller: nightly,
          decisions: [
            {
              verdict: 'differs',
              because: 'allow-rule',
              message: 'The workloads differ.',
              workloads: ['v1', 'v2'].map(version => ({
                workload: workload(version),
                decision: {
                  verdict: version === 'v1' ? 'allowed' : 'denied',
                  because: 'no-policy',
                  message: `This is ${version}.`,
                },
              })),
            },
            {
              verdict: 'unknown',
              because: 'external',
              decidedBy: { object: access, path: 'spec.rules[1]' },
              message: 'It is left to an external authorizer.',
            },
          ],
        },
      ]),
      denied: known([
        {
          caller: nightly,
          count: 12,
          lastAt: OBSERVED_AT,
          by: 'policy',
          message: 'No rule allows it.',
        },
      ]),
      unusedRules: known([
        {
          object: access,
          path: 'spec.rules[1]',
          message: 'No caller of the look-back is one that it is for.',
        },
      ]),
      notEvaluated: [
        {
          object: access,
          path: 'spec.rules[1].when[0].key',
          what: 'token',
          message: "It depends on the claims of the request's token.",
        },
      ],
    },
    certificates: {
      workloads: [
        {
          workload: workload('v1'),
          soonest: known({
            expiresAt: '2026-03-02T22:00:00.000Z',
            secondsLeft: 43_200,
            status: 'ok',
          }),
          rotation: { status: 'working', message: 'One was renewed.' },
        },
        {
          workload: workload('v2'),
          soonest: known({
            expiresAt: '2026-03-02T10:40:00.000Z',
            secondsLeft: 2400,
            status: 'soon',
          }),
          rotation: { status: 'failing', message: 'Its expiry stays.' },
        },
      ],
      root: {
        status: 'unknown',
        reason: 'not-exported',
        message: 'Istiod is not scraped.',
      },
      outOfSync: known([
        {
          proxy: 'chat-v2-abc.ai-services',
          part: 'clusters',
          message: 'duplicate cluster',
        },
      ]),
    },
    telemetry: known(
      ['v1', 'v2'].map(version => ({
        workload: workload(version),
        tracing: {
          samplingPercent: known(10),
          samplingFrom: {
            object: telemetryObject,
            path: 'spec.tracing[0].randomSamplingPercentage',
          },
          disabled: false,
          providers: ['jaeger'],
          tags: [
            {
              name: 'ai.model',
              value: 'header x-ai-model, defaultValue unknown',
              from: {
                object: telemetryObject,
                path: 'spec.tracing[0].customTags',
              },
            },
          ],
          modelTag: 'ai.model',
        },
        accessLog: {
          status: 'filtered' as const,
          filter: 'response.code >= 400',
          providers: ['envoy'],
        },
        notes: [],
      })),
    ),
    objects: [
      {
        ref: access,
        manifest: {
          kind: 'AuthorizationPolicy',
          metadata: { name: 'ai-chat-service' },
          spec: { rules: [{ to: [] }, { from: [] }] },
        },
      },
    ],
    ...change,
  };
}

/** The demo's chat service on the security screen. */
export function security(change: Partial<Security> = {}): Security {
  const { window: _, ...rest } = answer();
  return securitySchema.parse({
    ...rest,
    lookBackSeconds: 7 * 86_400,
    services: [serviceSecurity()],
    queries: [
      {
        id: 'encryption',
        cluster: CLUSTER,
        promql:
          'sum by (source_workload) (increase(istio_requests_total[15m]))',
        warnings: [],
      },
    ],
    ...change,
  } satisfies Security);
}

/** What the backend answers to "may the orchestrator POST /api/chat?". */
export function mayCall(change: Partial<MayCall> = {}): MayCall {
  return {
    caller: orchestrator,
    decision: {
      verdict: 'allowed',
      because: 'allow-rule',
      decidedBy: { object: access, path: 'spec.rules[0]' },
      message: 'spec.rules[0] allows it.',
    },
    mtls: [{ outcome: 'encrypted', message: 'Both sides speak mutual TLS.' }],
    ...change,
  };
}
