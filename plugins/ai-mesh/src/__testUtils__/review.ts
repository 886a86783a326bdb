import {
  fillText,
  findingMessages,
  findingText,
  reviewSchema,
  type Finding,
  type FindingMessageKey,
  type ObjectRef,
  type Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import { answer, CLUSTER } from './answers';

const route: ObjectRef = {
  cluster: CLUSTER,
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  namespace: 'ai-services',
  name: 'ai-chat-service',
};

/** A finding of a message, in the chat service's VirtualService unless told otherwise. */
export function finding(
  key: FindingMessageKey,
  change: Partial<Finding> = {},
): Finding {
  const { code, severity, link, equivalents } = findingMessages[key];
  const text = findingText(key)!;
  const params = change.params ?? {};
  return {
    id: `${key}/${change.path ?? ''}`,
    code,
    messageKey: key,
    severity,
    service: {
      cluster: CLUSTER,
      namespace: 'ai-services',
      name: 'ai-chat-service',
    },
    object: route,
    path: '',
    related: [],
    params,
    message: fillText(text.message, params),
    why: text.why,
    link,
    evidence: [],
    equivalents: [...equivalents],
    ...change,
  };
}

const before = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: ai-chat-service
  namespace: ai-services
spec:
  http:
    - name: vip
      retries:
        attempts: 2
        retryOn: gateway-error,connect-failure,retriable-4xx
`;
const place =
  'spec.http[0] (vip) of VirtualService ai-services/ai-chat-service';
const retryOn = 'spec.http[0].retries.retryOn';

/** The review of the demo's chat service: something of every severity, one of them suppressed. */
export function review(change: Partial<Review> = {}): Review {
  const { window: _, ...said } = answer();
  return reviewSchema.parse({
    ...said,
    findings: [
      finding('AIM103', {
        path: retryOn,
        params: { place, conditions: 'retriable-4xx' },
        evidence: [
          {
            from: 'configuration',
            message: retryOn,
            at: { object: route, path: retryOn },
          },
        ],
        fix: {
          object: route,
          before,
          yaml: before.replace(
            'gateway-error,connect-failure,retriable-4xx',
            'connect-failure',
          ),
          jsonPatch: [
            { op: 'test', path: '/metadata/resourceVersion', value: '7' },
            {
              op: 'replace',
              path: '/spec/http/0/retries/retryOn',
              value: 'connect-failure',
            },
          ],
        },
      }),
      finding('AIM401.blocked', {
        params: {
          service: 'ai-services/ai-chat-service',
          callers: 'ai-services/nightly-report',
        },
        evidence: [
          {
            from: 'metrics',
            message:
              'ai-services/nightly-report: 0.50 requests/s in plaintext.',
          },
        ],
      }),
      finding('AIM302.overlap', {
        path: 'spec.http[1].match[0]',
        params: { place, catcher: 'spec.http[0] (vip)' },
      }),
      finding('AIM106', {
        path: 'spec.http[1]',
        params: { place, attempts: 2, conditions: 'connect-failure' },
      }),
      finding('AIM305', {
        path: 'spec.http[2].fault',
        params: { place, fault: 'answers of 503 for 5%' },
        suppressedBy: {
          object: route,
          path: "metadata.annotations['ai-mesh.io/ignore']",
        },
      }),
    ],
    counts: { high: 1, medium: 1, low: 1, note: 1 },
    unreadable: [
      {
        object: route,
        path: 'spec.http[3].timeout',
        message:
          'spec.http[3].timeout of VirtualService ai-services/ai-chat-service should be a duration such as 30s; what depends on it was not reviewed.',
      },
    ],
    notJudged: [
      {
        code: 'AIM204',
        service: {
          cluster: CLUSTER,
          namespace: 'ai-services',
          name: 'ai-chat-service',
        },
        reason: 'not-exported',
        message: 'No calling proxy exports it.',
      },
    ],
    kiali: [
      {
        object: route,
        code: 'KIA1105',
        severity: 'warning',
        message: 'This host and subset combination is already referenced',
        path: 'spec/http[0]/route[0]',
      },
    ],
    objects: [
      {
        ref: route,
        manifest: {
          apiVersion: 'networking.istio.io/v1',
          kind: 'VirtualService',
          metadata: { name: 'ai-chat-service', namespace: 'ai-services' },
          spec: {
            http: [
              {
                name: 'vip',
                retries: {
                  attempts: 2,
                  retryOn: 'gateway-error,connect-failure,retriable-4xx',
                },
              },
            ],
          },
        },
      },
    ],
    ...change,
  } satisfies Review);
}
