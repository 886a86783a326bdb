import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { LRUCache } from 'lru-cache';
import { KubernetesError, type KubernetesApi } from './KubernetesApi';

/** The kinds that say where objects come from, and rules. None of them is watched: each is read by its name when somebody asks. */
export type TrackerKind =
  | 'Application'
  | 'Kustomization'
  | 'HelmRelease'
  | 'GitRepository'
  | 'PrometheusRule';

/** One of them, as the cluster has it, or why it is not known. */
export type ReadTracker =
  | { status: 'found'; object: unknown }
  | { status: 'absent' }
  | { status: 'forbidden' }
  /** Half a sentence. */
  | { status: 'unreachable'; why: Words };

const apis: Record<
  TrackerKind,
  { group: string; versions: readonly string[]; resource: string }
> = {
  Application: {
    group: 'argoproj.io',
    versions: ['v1alpha1'],
    resource: 'applications',
  },
  Kustomization: {
    group: 'kustomize.toolkit.fluxcd.io',
    versions: ['v1', 'v1beta2'],
    resource: 'kustomizations',
  },
  HelmRelease: {
    group: 'helm.toolkit.fluxcd.io',
    versions: ['v2', 'v2beta2'],
    resource: 'helmreleases',
  },
  GitRepository: {
    group: 'source.toolkit.fluxcd.io',
    versions: ['v1', 'v1beta2'],
    resource: 'gitrepositories',
  },
  PrometheusRule: {
    group: 'monitoring.coreos.com',
    versions: ['v1'],
    resource: 'prometheusrules',
  },
};

const FRESH_MS = 60_000;
/** Whoever waits for it to come looks at it. */
const RULES_FRESH_MS = 5_000;
const PATIENCE_MS = 3_000;
const MOST_KEPT = 500;

/** Reads what Argo CD and Flux say of a cluster's objects, and its rules: one at a time, by name, and each once in a while at most. */
export class TrackerReader {
  readonly #api: Pick<KubernetesApi, 'get'>;
  readonly #kept = new LRUCache<string, Promise<ReadTracker>>({
    max: MOST_KEPT,
    ttl: FRESH_MS,
  });

  constructor(api: Pick<KubernetesApi, 'get'>) {
    this.#api = api;
  }

  /** Never rejects. */
  read(
    kind: TrackerKind,
    namespace: string,
    name: string,
  ): Promise<ReadTracker> {
    const key = `${kind} ${namespace} ${name}`;
    const kept = this.#kept.get(key) ?? this.#ask(kind, namespace, name);
    this.#kept.set(key, kept, {
      noUpdateTTL: true,
      ...(kind === 'PrometheusRule' && { ttl: RULES_FRESH_MS }),
    });
    return kept;
  }

  async #ask(
    kind: TrackerKind,
    namespace: string,
    name: string,
  ): Promise<ReadTracker> {
    const { group, versions, resource } = apis[kind];
    const signal = AbortSignal.timeout(PATIENCE_MS);
    for (const version of versions) {
      try {
        const object = await this.#api.get(
          `/apis/${group}/${version}/namespaces/${encodeURIComponent(namespace)}/${resource}/${encodeURIComponent(name)}`,
          {},
          signal,
        );
        return { status: 'found', object };
      } catch (error) {
        if (!(error instanceof KubernetesError)) {
          const why = wording('kube.late', { seconds: PATIENCE_MS / 1000 });
          return { status: 'unreachable', why };
        }
        if (error.failure !== 'not-found') {
          return ['forbidden', 'unauthorized'].includes(error.failure)
            ? { status: 'forbidden' }
            : { status: 'unreachable', why: error.words };
        }
      }
    }
    return { status: 'absent' };
  }
}
