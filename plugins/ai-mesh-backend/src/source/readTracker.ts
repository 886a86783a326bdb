import { z } from 'zod';
import type { KubernetesObject } from '../kubernetes/kinds';
import { repositoryPath, repositoryUrl, revision } from './repositoryUrl';

/** Where a tracker takes objects from. */
export type TrackedSource =
  | {
      status: 'git';
      repository: string;
      path?: string;
      revision?: string;
      /** What makes objects of what is there. */
      by: 'files' | 'kustomize' | 'template';
    }
  /** A chart of a registry, which has no files to edit. */
  | { status: 'chart'; chart?: string }
  | {
      status: 'reference';
      namespace: string;
      name: string;
      path?: string;
      by: 'kustomize' | 'template';
    }
  /** It does not keep this object, whatever the object says. */
  | { status: 'not-its' }
  | { status: 'several' }
  | { status: 'unreadable' };

type NamedSource = Exclude<TrackedSource, { status: 'reference' }>;

const source = z.looseObject({
  repoURL: z.string().optional(),
  path: z.string().optional(),
  targetRevision: z.string().optional(),
  chart: z.string().optional(),
  helm: z.unknown().optional(),
  kustomize: z.unknown().optional(),
  ref: z.string().optional(),
});

const applicationSchema = z.looseObject({
  spec: z.looseObject({
    source: source.optional(),
    sources: z.array(source).max(100).optional(),
  }),
  status: z
    .looseObject({
      sourceType: z.string().optional(),
      sourceTypes: z.array(z.string()).optional(),
      resources: z
        .array(
          z.looseObject({
            group: z.string().optional(),
            kind: z.string(),
            namespace: z.string().optional(),
            name: z.string(),
          }),
        )
        .optional(),
    })
    .optional(),
});

/** What an Application of Argo CD says of one of its objects. */
export function readApplication(
  raw: unknown,
  object: KubernetesObject,
): TrackedSource {
  const parsed = applicationSchema.safeParse(raw);
  if (!parsed.success) {
    return { status: 'unreadable' };
  }
  const { spec, status } = parsed.data;
  const { kind, metadata } = object;
  const isIts = status?.resources?.some(
    one =>
      (one.group ?? '') === groupOf(object) &&
      one.kind === kind &&
      (one.namespace ?? '') === (metadata.namespace ?? '') &&
      one.name === metadata.name,
  );
  if (!isIts) {
    return { status: 'not-its' };
  }
  const all = spec.sources ?? (spec.source ? [spec.source] : []);
  const types =
    status?.sourceTypes ?? (status?.sourceType ? [status.sourceType] : []);
  // A source with a `ref` alone gives others their values.
  const making = all
    .map((one, index) => ({ ...one, type: types[index] }))
    .filter(
      one => one.ref === undefined || one.path !== undefined || one.chart,
    );
  if (making.length !== 1) {
    return { status: making.length > 1 ? 'several' : 'unreadable' };
  }
  const [one] = making;
  if (one.chart) {
    return { status: 'chart', chart: repositoryPath(one.chart) };
  }
  return inGit(one.repoURL, one.path, one.targetRevision, makerOf(one));
}

function makerOf({
  type,
  helm,
  kustomize,
}: {
  type?: string;
  helm?: unknown;
  kustomize?: unknown;
}): 'files' | 'kustomize' | 'template' {
  if (type === 'Helm' || type === 'Plugin' || helm !== undefined) {
    return 'template';
  }
  return type === 'Kustomize' || kustomize !== undefined
    ? 'kustomize'
    : 'files';
}

const reference = z.looseObject({
  kind: z.string(),
  name: z.string().regex(/^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/),
  namespace: z
    .string()
    .regex(/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/)
    .optional(),
});

const kustomizationSchema = z.looseObject({
  metadata: z.looseObject({ namespace: z.string() }),
  spec: z.looseObject({ path: z.string().optional(), sourceRef: reference }),
  status: z
    .looseObject({
      inventory: z
        .looseObject({
          entries: z.array(z.looseObject({ id: z.string() })).optional(),
        })
        .nullish(),
    })
    .optional(),
});

/** What a Kustomization of Flux says of one of its objects. */
export function readKustomization(
  raw: unknown,
  object: KubernetesObject,
): TrackedSource {
  const parsed = kustomizationSchema.safeParse(raw);
  if (!parsed.success) {
    return { status: 'unreadable' };
  }
  const { metadata, spec, status } = parsed.data;
  const { namespace = '', name } = object.metadata;
  const id = `${namespace}_${name}_${groupOf(object)}_${object.kind}`;
  if (!status?.inventory?.entries?.some(entry => entry.id === id)) {
    return { status: 'not-its' };
  }
  return spec.sourceRef.kind === 'GitRepository'
    ? {
        status: 'reference',
        namespace: spec.sourceRef.namespace ?? metadata.namespace,
        name: spec.sourceRef.name,
        path: repositoryPath(spec.path),
        by: 'kustomize',
      }
    : { status: 'unreadable' };
}

const helmReleaseSchema = z.looseObject({
  metadata: z.looseObject({ namespace: z.string() }),
  spec: z.looseObject({
    targetNamespace: z.string().optional(),
    chart: z
      .looseObject({
        spec: z.looseObject({ chart: z.string(), sourceRef: reference }),
      })
      .optional(),
  }),
});

/** What a HelmRelease of Flux says: whatever comes of a chart is made by a template. */
export function readHelmRelease(
  raw: unknown,
  object: KubernetesObject,
): TrackedSource {
  const parsed = helmReleaseSchema.safeParse(raw);
  if (!parsed.success) {
    return { status: 'unreadable' };
  }
  const { metadata, spec } = parsed.data;
  if (
    object.metadata.namespace !== (spec.targetNamespace ?? metadata.namespace)
  ) {
    return { status: 'not-its' };
  }
  const chart = spec.chart?.spec;
  return chart?.sourceRef.kind === 'GitRepository'
    ? {
        status: 'reference',
        namespace: chart.sourceRef.namespace ?? metadata.namespace,
        name: chart.sourceRef.name,
        path: repositoryPath(chart.chart),
        by: 'template',
      }
    : { status: 'chart', chart: repositoryPath(chart?.chart) };
}

const gitRepositorySchema = z.looseObject({
  spec: z.looseObject({
    url: z.string(),
    ref: z
      .looseObject({
        branch: z.string().optional(),
        tag: z.string().optional(),
        semver: z.string().optional(),
        commit: z.string().optional(),
      })
      .optional(),
  }),
});

/** A GitRepository of Flux, and a path in it. */
export function readGitRepository(
  raw: unknown,
  { path, by }: Extract<TrackedSource, { status: 'reference' }>,
): NamedSource {
  const parsed = gitRepositorySchema.safeParse(raw);
  if (!parsed.success) {
    return { status: 'unreadable' };
  }
  const { url, ref } = parsed.data.spec;
  return inGit(
    url,
    path,
    ref?.commit ?? ref?.tag ?? ref?.semver ?? ref?.branch,
    by,
  );
}

function inGit(
  url: unknown,
  path: unknown,
  at: unknown,
  by: 'files' | 'kustomize' | 'template',
): NamedSource {
  const repository = repositoryUrl(url);
  if (repository === undefined) {
    return { status: 'unreadable' };
  }
  const folder = repositoryPath(path);
  const found = revision(at);
  return {
    status: 'git',
    repository,
    ...(folder !== undefined && { path: folder }),
    ...(found !== undefined && { revision: found }),
    by,
  };
}

function groupOf({ apiVersion }: KubernetesObject): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}
