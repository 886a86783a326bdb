import type {
  KubernetesObject,
  PodObject,
  ServiceObject,
  WorkloadObject,
} from '../../kubernetes/kinds';

type Labels = Record<string, string>;

const service = (
  namespace: string,
  name: string,
  labels: Labels,
  selector?: Labels,
): ServiceObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace, name, labels },
  spec: { selector },
});

const deployment = (
  namespace: string,
  name: string,
  labels: Labels,
  podLabels: Labels,
): WorkloadObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace, name, labels },
  spec: { template: { metadata: { labels: podLabels } } },
});

const namespace = (name: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
});

const pod: PodObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    namespace: 'ai',
    name: 'old-0',
    labels: { app: 'chat' },
    ownerReferences: [
      { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'old' },
    ],
  },
  spec: { containers: [] },
};

const id = 'backstage.io/kubernetes-id';
/** Two namespaces with Services and workloads that annotations of a test's entities lead to. */
export const ownedObjects = {
  Namespace: [namespace('ai'), namespace('shop')],
  Service: [
    service('ai', 'chat', { app: 'chat', [id]: 'chat' }, { app: 'chat' }),
    service('ai', 'everything', {}, { mesh: 'yes' }),
    service('ai', 'external', { app: 'external' }),
    service('shop', 'chat', { app: 'chat' }, { app: 'chat' }),
  ],
  Deployment: [
    deployment('ai', 'chat-v1', { [id]: 'chat' }, { app: 'chat', mesh: 'yes' }),
    deployment('ai', 'chat-v2', {}, { app: 'chat', version: 'v2' }),
    deployment('ai', 'other', {}, { app: 'other', mesh: 'yes' }),
  ],
  Pod: [pod],
};
