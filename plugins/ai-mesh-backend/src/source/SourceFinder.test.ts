import {
  chinese,
  fixSourceSchema,
  inLanguage,
  type FixSource,
  type Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ObjectMeta } from '../kubernetes/kinds';
import { KubernetesError } from '../kubernetes/KubernetesApi';
import { TrackerReader } from '../kubernetes/TrackerReader';
import { SourceFinder } from './SourceFinder';
import { verbatim } from '../worded';

const TRACKING = 'argocd.argoproj.io/tracking-id';
const chat = 'networking.istio.io/VirtualService:ai/chat';
const argo = (id = `chat:${chat}`) => ({ annotations: { [TRACKING]: id } });
const flux = (kind: 'kustomize' | 'helm') => ({
  labels: {
    [`${kind}.toolkit.fluxcd.io/name`]: 'chat',
    [`${kind}.toolkit.fluxcd.io/namespace`]: 'flux-system',
  },
});

const resources = [
  {
    group: 'networking.istio.io',
    kind: 'VirtualService',
    namespace: 'ai',
    name: 'chat',
  },
];
const git = {
  repoURL: 'https://bot:secret@git.example.com/acme/deployments.git',
  path: './apps/chat/',
  targetRevision: 'main',
};
const application = (spec: object, status: object = {}) => ({
  'argoproj.io/v1alpha1/namespaces/argocd/applications/chat': {
    spec,
    status: { resources, ...status },
  },
});
const kustomization = (sourceRef: object, entries: object[]) => ({
  'kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/chat': {
    metadata: { namespace: 'flux-system' },
    spec: { path: './apps/chat', sourceRef },
    status: { inventory: { entries } },
  },
});
const inventory = [
  { id: 'ai_chat_networking.istio.io_VirtualService', v: 'v1' },
];
const repository = {
  'source.toolkit.fluxcd.io/v1/namespaces/flux-system/gitrepositories/deployments':
    {
      spec: {
        url: 'ssh://git@git.example.com/acme/deployments',
        ref: { branch: 'main' },
      },
    },
};
const helmRelease = (sourceRef: object) => ({
  'helm.toolkit.fluxcd.io/v2/namespaces/flux-system/helmreleases/chat': {
    metadata: { namespace: 'flux-system' },
    spec: {
      targetNamespace: 'ai',
      chart: { spec: { chart: './charts/chat', sourceRef } },
    },
  },
});
const ref = { kind: 'GitRepository', name: 'deployments' };

/** What the clusters' APIs serve below `/apis/`, by path; an error is what they answer with. */
type Served = Record<string, object | KubernetesError>;

function reader(served: Served, asked: string[] = []) {
  return new TrackerReader({
    get: async path => {
      asked.push(path);
      const found = served[path.replace('/apis/', '')];
      if (found === undefined || found instanceof KubernetesError) {
        throw found ?? new KubernetesError('not-found', verbatim('no'));
      }
      return found;
    },
  });
}

function reviewOf(metadata: Partial<ObjectMeta>, count = 1): Review {
  const object = {
    cluster: 'shop',
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    namespace: 'ai',
    name: 'chat',
  };
  return {
    findings: Array.from({ length: count }, () => ({
      fix: { object, yaml: '' },
    })),
    objects: [
      {
        ref: object,
        manifest: {
          apiVersion: object.apiVersion,
          kind: object.kind,
          metadata: { namespace: 'ai', name: 'chat', ...metadata },
        },
      },
    ],
  } as unknown as Review;
}

async function find(
  metadata: Partial<ObjectMeta>,
  served: Served = {},
  annotations: Record<string, string> = {},
  elsewhere?: Served,
): Promise<FixSource> {
  const { findings } = await new SourceFinder({
    argoCdNamespace: 'argocd',
  }).addTo(
    reviewOf(metadata),
    {
      searched: [
        ...(elsewhere
          ? [{ cluster: { name: 'hub', trackers: reader(elsewhere) } }]
          : []),
        { cluster: { name: 'shop', trackers: reader(served) } },
      ],
    },
    { metadata: { name: 'chat', annotations } },
  );
  return fixSourceSchema.parse(findings[0].fix!.source);
}

const inGit = {
  status: 'known',
  repository: 'https://git.example.com/acme/deployments.git',
  path: 'apps/chat',
  revision: 'main',
  link: 'https://git.example.com/acme/deployments',
};

describe('where an object is kept', () => {
  it.each([
    [
      'the annotation, before everything else',
      {
        annotations: {
          ...argo().annotations,
          'ai-mesh.io/source':
            'https://u:p@github.com/acme/deployments/tree/main/chat?token=x#y',
        },
      },
      {},
      {
        status: 'known',
        knownBy: 'annotation',
        repository: 'https://github.com/acme/deployments/tree/main/chat',
      },
    ],
    [
      'an annotation that is no repository',
      { annotations: { 'ai-mesh.io/source': 'file:///etc/passwd' } },
      {},
      { status: 'unknown', reason: 'unreadable' },
    ],
    [
      'Argo CD, with plain files',
      argo(),
      application({ source: git }, { sourceType: 'Directory' }),
      {
        ...inGit,
        knownBy: 'argo-cd',
        madeBy: 'files',
        keptBy: {
          cluster: 'shop',
          kind: 'Application',
          namespace: 'argocd',
          name: 'chat',
        },
      },
    ],
    [
      'Argo CD, with Kustomize',
      argo(),
      application({ source: git }, { sourceType: 'Kustomize' }),
      { ...inGit, madeBy: 'kustomize' },
    ],
    [
      'Argo CD, with a chart in Git',
      argo(),
      application({ source: git }, { sourceType: 'Helm' }),
      {
        ...inGit,
        madeBy: 'template',
        message: expect.stringContaining('change the values'),
      },
    ],
    [
      'Argo CD, with the chart of a registry and values of a repository',
      argo(),
      application({
        sources: [
          { repoURL: 'https://charts.example.com', chart: 'chat' },
          { repoURL: git.repoURL, ref: 'values' },
        ],
      }),
      { status: 'chart', chart: 'chat' },
    ],
    [
      'Argo CD, with several sources',
      argo(),
      application({ sources: [git, { ...git, path: 'b' }] }),
      { status: 'unknown', reason: 'several' },
    ],
    [
      'an Application that does not list it',
      argo(),
      application({ source: git }, { resources: [] }),
      { status: 'unknown', reason: 'not-its' },
    ],
    [
      'the tracking of an object that it was copied from',
      argo('chat:networking.istio.io/VirtualService:ai/other'),
      application({ source: git }),
      { status: 'unknown', reason: 'untracked' },
    ],
    [
      'an Application in another namespace',
      argo(`team_chat:${chat}`),
      {},
      {
        status: 'unknown',
        reason: 'not-found',
        keptBy: { namespace: 'team', name: 'chat' },
      },
    ],
    [
      'an Application that may not be read',
      argo(),
      {
        'argoproj.io/v1alpha1/namespaces/argocd/applications/chat':
          new KubernetesError('forbidden', verbatim('no')),
      },
      {
        status: 'unknown',
        reason: 'forbidden',
        message: expect.stringContaining(
          'may not read Applications of the namespace argocd',
        ),
      },
    ],
    [
      'a cluster that does not answer',
      argo(),
      {
        'argoproj.io/v1alpha1/namespaces/argocd/applications/chat':
          new KubernetesError('unreachable', verbatim('it is away')),
      },
      { status: 'unknown', reason: 'unreachable' },
    ],
    [
      'an Application that is nonsense',
      argo(),
      {
        'argoproj.io/v1alpha1/namespaces/argocd/applications/chat': { spec: 1 },
      },
      { status: 'unknown', reason: 'unreadable' },
    ],
    [
      'the label of Argo CD before its third version',
      { labels: { 'argocd.argoproj.io/instance': 'chat' } },
      application({ source: git }, { sourceType: 'Directory' }),
      { ...inGit, madeBy: 'files' },
    ],
    [
      'Flux, with a Kustomization',
      flux('kustomize'),
      { ...kustomization(ref, inventory), ...repository },
      {
        status: 'known',
        knownBy: 'flux',
        repository: 'ssh://git.example.com/acme/deployments',
        path: 'apps/chat',
        revision: 'main',
        madeBy: 'kustomize',
      },
    ],
    [
      'a Kustomization that does not list it',
      flux('kustomize'),
      { ...kustomization(ref, []), ...repository },
      { status: 'unknown', reason: 'not-its' },
    ],
    [
      'a Kustomization of a bucket',
      flux('kustomize'),
      kustomization({ kind: 'Bucket', name: 'b' }, inventory),
      { status: 'unknown', reason: 'unreadable' },
    ],
    [
      'a repository that is not there',
      flux('kustomize'),
      kustomization(ref, inventory),
      { status: 'unknown', reason: 'not-found' },
    ],
    [
      'Flux, with a chart in Git',
      flux('helm'),
      { ...helmRelease(ref), ...repository },
      { status: 'known', path: 'charts/chat', madeBy: 'template' },
    ],
    [
      'Flux, with the chart of a registry',
      flux('helm'),
      helmRelease({ kind: 'HelmRepository', name: 'charts' }),
      { status: 'chart', keptBy: { kind: 'HelmRelease' } },
    ],
    [
      'Helm by itself',
      { annotations: { 'meta.helm.sh/release-name': 'chat' } },
      {},
      { status: 'chart', message: expect.stringContaining('edited safely') },
    ],
    ['nothing', {}, {}, { status: 'unknown', reason: 'untracked' }],
  ] as [string, Partial<ObjectMeta>, Served, object][])(
    'by %s',
    async (_, metadata, served, expected) => {
      const source = await find(metadata, served);
      expect(source).toMatchObject(expected);
      expect(JSON.stringify(source)).not.toMatch(/secret|u:p|token=/);
      expect(inLanguage(source.words!, chinese)).toMatch(/[\u4e00-\u9fff]/);
    },
  );

  it('by the entity where nothing tracks it, and says that it is the entity’s', async () => {
    const location = {
      'backstage.io/source-location': 'url:https://github.com/acme/chat/',
    };
    expect(await find({}, {}, location)).toMatchObject({
      status: 'known',
      knownBy: 'entity',
      repository: 'https://github.com/acme/chat/',
      message: expect.stringContaining('Nothing says where the object itself'),
    });
    expect(
      await find(
        {},
        {},
        {
          ...location,
          'ai-mesh.io/source': 'https://github.com/acme/deployments',
        },
      ),
    ).toMatchObject({ repository: 'https://github.com/acme/deployments' });
    // What tracks the object may not be read: the entity's source would be a guess.
    expect(await find(argo(), {}, location)).toMatchObject({
      status: 'unknown',
      reason: 'not-found',
    });
  });

  it('by an Argo CD that runs on another cluster', async () => {
    const hub = application({ source: git }, { sourceType: 'Directory' });
    expect(await find(argo(), {}, {}, hub)).toMatchObject({
      ...inGit,
      keptBy: { cluster: 'hub' },
    });
  });

  it('is asked once, however many findings there are', async () => {
    const asked: string[] = [];
    const trackers = reader(application({ source: git }), asked);
    const finder = new SourceFinder({ argoCdNamespace: 'argocd' });
    for (let look = 0; look < 3; look++) {
      await finder.addTo(
        reviewOf(argo(), 30),
        { searched: [{ cluster: { name: 'shop', trackers } }] },
        { metadata: { name: 'chat' } },
      );
    }
    expect(asked).toEqual([
      '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/chat',
    ]);
  });
});
