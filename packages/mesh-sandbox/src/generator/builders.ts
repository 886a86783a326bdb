import { KubeObject } from '../store';

/** The port that generated pods listen on. */
export const PORT = 8080;

/** Any object. */
export function object(
  apiVersion: string,
  kind: string,
  metadata: KubeObject['metadata'],
  spec?: unknown,
  rest: Record<string, unknown> = {},
): KubeObject {
  return {
    apiVersion,
    kind,
    metadata,
    ...rest,
    ...(spec !== undefined && { spec }),
  };
}

export function account(name: string, namespace: string): KubeObject {
  return object('v1', 'ServiceAccount', { name, namespace });
}

export function service(
  name: string,
  namespace: string,
  selector: Record<string, string>,
  ports: unknown[],
): KubeObject {
  const id = `${namespace}-${name}`;
  return object(
    'v1',
    'Service',
    {
      name,
      namespace,
      labels: { ...selector, 'backstage.io/kubernetes-id': id },
    },
    { selector, ports },
  );
}

export function deployment({
  name,
  namespace,
  labels,
  container,
  account: serviceAccountName,
  replicas = 1,
  annotations,
  outside,
}: {
  name: string;
  namespace: string;
  labels: Record<string, string>;
  container: { name: string; image: string };
  account: string;
  replicas?: number;
  annotations?: Record<string, string>;
  /** Gets no sidecar. */
  outside?: boolean;
}): KubeObject {
  return object(
    'apps/v1',
    'Deployment',
    { name, namespace, labels },
    {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: {
          labels: {
            ...labels,
            ...(outside && { 'sidecar.istio.io/inject': 'false' }),
          },
          ...(annotations && { annotations }),
        },
        spec: {
          serviceAccountName,
          containers: [{ ...container, ports: [{ containerPort: PORT }] }],
        },
      },
    },
  );
}
