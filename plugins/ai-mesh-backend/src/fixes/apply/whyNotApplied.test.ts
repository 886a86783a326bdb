import { inEnglish } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../../kubernetes/kinds';
import { keepFieldManagers } from '../../kubernetes/fieldManagers';
import { appliersOf, whyNotApplied } from './whyNotApplied';

const chat = (
  changes: {
    kind?: string;
    metadata?: object;
    spec?: Record<string, unknown>;
  } = {},
): ConfigObject => ({
  apiVersion: 'networking.istio.io/v1',
  kind: changes.kind ?? 'VirtualService',
  metadata: { name: 'chat', namespace: 'ai', ...changes.metadata },
  spec: changes.spec ?? { hosts: ['chat'], http: [{ timeout: '60s' }] },
});
const managed = (manager: string, operation: string): ConfigObject => {
  const object = chat();
  return keepFieldManagers(
    {
      ...object,
      metadata: {
        ...object.metadata,
        managedFields: [{ manager, operation, fieldsV1: { 'f:spec': {} } }],
      },
    } as never,
    object,
  );
};
const timeout = [
  { op: 'replace' as const, path: '/spec/http/0/timeout', value: '30s' },
];
const whyNot = (object: ConfigObject, operations: object = timeout) => {
  const words = whyNotApplied(object, operations as typeof timeout, {
    entityRef: 'component:default/chat',
    clusterDomain: 'cluster.local',
    isProven: ({ namespace, name }) => namespace === 'ai' && name === 'chat',
    canaryOn: ({ metadata }) => metadata.annotations?.['ai-mesh.io/canary'],
  });
  return words && inEnglish([words]);
};

describe('what is not written into a cluster', () => {
  it.each([
    ['its own VirtualService', chat()],
    [
      'one by its full host name',
      chat({ spec: { hosts: ['chat.ai.svc.cluster.local'], http: [] } }),
    ],
    [
      'its own DestinationRule',
      chat({ kind: 'DestinationRule', spec: { host: 'chat' } }),
    ],
    ['what kubectl wrote', managed('kubectl-client-side-apply', 'Update')],
    ['what the portal applied', managed('ai-mesh', 'Apply')],
  ])('lets through %s', (_, object) => {
    expect(whyNot(object)).toBeUndefined();
  });

  it.each([
    [
      'what Argo CD tracks',
      chat({
        metadata: {
          annotations: {
            'argocd.argoproj.io/tracking-id':
              'apps:networking.istio.io/VirtualService:ai/chat',
          },
        },
      }),
      'Argo CD keeps VirtualService ai/chat: it would take the change back.',
    ],
    [
      'what Argo CD applied',
      managed('argocd-controller', 'Apply'),
      'Argo CD keeps',
    ],
    [
      'what Flux tracks',
      chat({
        metadata: { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } },
      }),
      'Flux keeps VirtualService ai/chat',
    ],
    [
      'what Flux applied',
      managed('kustomize-controller', 'Apply'),
      'Flux keeps',
    ],
    [
      'what Helm installed',
      chat({
        metadata: { labels: { 'app.kubernetes.io/managed-by': 'Helm' } },
      }),
      'Helm keeps VirtualService ai/chat',
    ],
    ['what Helm wrote', managed('helm', 'Update'), 'Helm keeps'],
    [
      'what an operator owns',
      chat({
        metadata: {
          ownerReferences: [
            { apiVersion: 'flagger.app/v1beta1', kind: 'Canary', name: 'chat' },
          ],
        },
      }),
      'Canary chat keeps VirtualService ai/chat',
    ],
    [
      'what a canary runs on',
      chat({ metadata: { annotations: { 'ai-mesh.io/canary': 'c1' } } }),
      'Canary c1 runs on VirtualService ai/chat',
    ],
    [
      'a route of another service as well',
      chat({ spec: { hosts: ['chat', 'cart.shop'], http: [] } }),
      'is for cart.shop, which names no single Service',
    ],
    [
      'a route of another Service by its full name',
      chat({
        spec: { hosts: ['chat', 'cart.shop.svc.cluster.local'], http: [] },
      }),
      'VirtualService ai/chat is for Service shop/cart as well, which is not proven to belong to component:default/chat.',
    ],
    [
      'a rule of every host',
      chat({ kind: 'DestinationRule', spec: { host: '*.svc.cluster.local' } }),
      'is for *.svc.cluster.local, which names no single Service',
    ],
    ['a route without hosts', chat({ spec: { http: [] } }), 'is for –'],
    [
      'a route whose hosts cannot be read',
      chat({ spec: { hosts: [7], http: [] } }),
      'is for –',
    ],
    [
      'a policy of a namespace',
      chat({ kind: 'PeerAuthentication', spec: {} }),
      'how far a PeerAuthentication reaches',
    ],
  ])('refuses %s', (_, object, expected) => {
    expect(whyNot(object)).toContain(expected);
  });

  it.each(['/metadata/labels', '/spec', '/status/x', '/specious'])(
    'refuses a change of %s',
    path => {
      expect(whyNot(chat(), [{ op: 'add', path, value: {} }])).toContain(
        'more than the spec',
      );
    },
  );

  it('tells who would meet the change where it applies next', () => {
    expect(inEnglish(appliersOf(managed('ci', 'Apply')))).toContain(
      'ci applied VirtualService ai/chat on the server’s side',
    );
    expect(appliersOf(managed('kubectl-edit', 'Update'))).toEqual([]);
    expect(appliersOf(managed('ai-mesh', 'Apply'))).toEqual([]);
  });
});
