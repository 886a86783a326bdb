import { existsSync, readFileSync } from 'fs';
import { join, resolve } from 'path';
import { objectsFromYaml } from '../../kubernetes/__testUtils__/snapshotFromYaml';
import type { ConfigObject, KubernetesObject } from '../../kubernetes/kinds';

/** Beside the project, never in it. */
const fixtures = resolve(__dirname, '../../../../../../shared/fixtures');

/** A case of another project's suite: its objects, and what that project says of them. */
export interface ForeignCase {
  readonly name: string;
  readonly checker: string;
  readonly objects: KubernetesObject[];
  readonly autoMtls: boolean;
  /** `CODE Kind namespace/name`, each once. */
  readonly expected: string[];
  /** Only this object was looked at. */
  readonly subject?: string;
}

export const hasFixtures = existsSync(fixtures);

interface Written {
  case: string;
  analyzer?: string;
  files: string[];
  defaultResources?: string[];
  context?: {
    checker: string;
    autoMtls: boolean | null;
    subject: string;
    namespaces?: string[];
    services?: { namespace: string; name: string }[];
    workloads?: { namespace: string; labels: Record<string, string> }[];
  };
  expected: { code: string; resource: string }[];
}

/** The cases of a suite whose checker the review shares. */
export function foreignCases(
  suite: 'istio-analyzers' | 'kiali-checks',
  shared: RegExp,
): ForeignCase[] {
  if (!hasFixtures) {
    return [];
  }
  const cases: Written[] = JSON.parse(
    readFileSync(join(fixtures, suite, 'cases.json'), 'utf8'),
  );
  return cases
    .filter(({ analyzer, context }) =>
      shared.test(analyzer ?? context?.checker ?? ''),
    )
    .map(({ case: name, analyzer, files, context, expected, ...written }) => ({
      name,
      checker: analyzer ?? context!.checker,
      objects: withServices(
        [...files, ...(written.defaultResources ?? [])].flatMap(file =>
          objectsFromYaml(readFileSync(join(fixtures, suite, file), 'utf8')),
        ),
        analyzer ?? context!.checker,
        context,
      ),
      autoMtls: context?.autoMtls ?? true,
      expected: [
        ...new Set(
          expected.map(({ code, resource }) => `${code} ${full(resource)}`),
        ),
      ].sort(),
      ...(context && { subject: full(context.subject) }),
    }));
}

function full(resource: string): string {
  const [kind, name] = resource.split(' ');
  return name.includes('/') || kind === 'Namespace'
    ? resource
    : `${kind} default/${name}`;
}

/** Checkers that ask which pods there are: a Service comes without one. */
const OF_PODS = /AuthorizationPolicies|telemetry\.Selector|injection\./;

/**
 * The review looks at services: those that the cases speak of get one, with a pod behind it, where they have none, and
 * so does every namespace and every pod of a case about those.
 */
function withServices(
  written: KubernetesObject[],
  checker: string,
  context: Written['context'],
): KubernetesObject[] {
  const ofPods = OF_PODS.test(checker);
  const namespaces = (context?.namespaces ?? []).map(
    (name): KubernetesObject => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    }),
  );
  const objects = [...written, ...namespaces].map(
    (object): KubernetesObject => {
      const { name, labels } = object.metadata;
      return {
        ...object,
        metadata: {
          ...(object.kind !== 'Namespace' && { namespace: 'default' }),
          ...object.metadata,
          // What no label tells from others, no Service can select.
          ...(object.kind === 'Pod' &&
            ofPods && { labels: { ...labels, 'review.test/pod': name } }),
        },
      };
    },
  );
  const services = new Map<string, KubernetesObject[]>();
  const add = (
    namespace: string,
    name: string,
    labels: Record<string, string> = { app: name },
  ) => {
    const key = `${namespace}/${name}`;
    const there = objects.some(
      ({ kind, metadata }) =>
        kind === 'Service' &&
        metadata.name === name &&
        metadata.namespace === namespace,
    );
    if (!there && !services.has(key)) {
      services.set(
        key,
        serviceWithPod(namespace, name, labels).slice(0, ofPods ? 1 : 2),
      );
    }
  };
  context?.services?.forEach(({ namespace, name }) => add(namespace, name));
  for (const { kind, spec, metadata } of objects as ConfigObject[]) {
    if (kind === 'VirtualService') {
      for (const host of [
        ...((spec?.hosts ?? []) as string[]),
        ...destinationsOf(spec),
      ]) {
        const [name, namespace = metadata.namespace!, ...more] =
          host.split('.');
        if (name !== '*' && (more.length === 0 || more[0] === 'svc')) {
          add(namespace, name);
        }
      }
    }
    const labels = (
      spec?.selector as { matchLabels?: Record<string, string> } | undefined
    )?.matchLabels;
    if (kind === 'AuthorizationPolicy' && !ofPods) {
      add(metadata.namespace!, labels?.app ?? 'anything', labels);
    }
  }
  if (services.size === 0 || ofPods) {
    for (const { kind, metadata } of objects) {
      add(
        kind === 'Namespace' ? metadata.name : metadata.namespace!,
        'anything',
      );
      if (kind === 'Pod' && ofPods) {
        const { namespace = '', name } = metadata;
        add(namespace, name, { 'review.test/pod': name });
      }
    }
  }
  return [...objects, ...[...services.values()].flat()];
}

function destinationsOf(spec: ConfigObject['spec']): string[] {
  const rules = (spec?.http ?? []) as {
    route?: { destination?: { host?: string } }[];
  }[];
  return rules.flatMap(({ route = [] }) =>
    route.flatMap(({ destination }) => destination?.host ?? []),
  );
}

function serviceWithPod(
  namespace: string,
  name: string,
  labels: Record<string, string>,
): KubernetesObject[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace, name },
      spec: { selector: labels, ports: [{ name: 'http', port: 9080 }] },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace, name: `${name}-1`, labels },
      spec: { containers: [{ name: 'app' }, { name: 'istio-proxy' }] },
    },
  ];
}
