import { KubeObject } from '../store/KubeObject';

const namespace = 'ai-services';

/** A VirtualService with a 90/10 split, and fields that no client of ours knows. */
export const chatRoute = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: {
    name: 'ai-chat-service',
    namespace,
    labels: { app: 'ai-chat-service', tier: 'ai' },
    annotations: { 'example.com/note': '# keep me' },
  },
  spec: {
    hosts: ['ai-chat-service'],
    http: [
      {
        name: 'split',
        timeout: '60s',
        route: [
          {
            destination: { host: 'ai-chat-service', subset: 'v1' },
            weight: 90,
          },
          {
            destination: { host: 'ai-chat-service', subset: 'v2' },
            weight: 10,
          },
        ],
      },
    ],
  },
} satisfies KubeObject;

/** A Deployment of one version, with a Service's labels. */
export function deployment(name: string, replicas: number) {
  const labels = { app: name, version: 'v1' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: 'app',
              image: `${name}:1`,
              ports: [{ name: 'http', containerPort: 8080 }],
            },
          ],
        },
      },
    },
  } satisfies KubeObject;
}

/** The Service in front of {@link deployment}. */
export function service(name: string) {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: {
      selector: { app: name },
      ports: [{ name: 'http', port: 80, targetPort: 'http' }],
    },
  } satisfies KubeObject;
}
