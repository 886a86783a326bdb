import {
  ANNOTATION_SOURCE,
  wording,
  type FixSource,
  type ObjectRef,
  type Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  ANNOTATION_SOURCE_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import { trackerOf, type Tracker } from '../kubernetes/gitOps';
import type { KubernetesObject } from '../kubernetes/kinds';
import type { ReadTracker, TrackerReader } from '../kubernetes/TrackerReader';
import {
  readApplication,
  readGitRepository,
  readHelmRelease,
  readKustomization,
  type TrackedSource,
} from './readTracker';
import { wordingWith } from '../worded';
import {
  fromAnnotation,
  fromEntity,
  fromHelm,
  fromTracker,
  noSource,
  trackerWords,
  type KeptBy,
} from './tellSource';

/** More for one answer would be asked of nobody's deployments. */
const MOST_TRACKERS = 20;

type Named = Exclude<Tracker, { tool: 'helm' }>;
type Searched = readonly {
  cluster: { name: string; trackers?: Pick<TrackerReader, 'read'> };
}[];

/** Finds where the objects that fixes change are kept in Git. */
export class SourceFinder {
  readonly #argoCdNamespace: string;

  /** @param options - where Argo CD is installed, and has the Applications that name no other namespace */
  constructor(options: { argoCdNamespace: string }) {
    this.#argoCdNamespace = options.argoCdNamespace;
  }

  /** A review with the source of each fix. Never rejects: what cannot be found says why. */
  async addTo(
    review: Review,
    { searched }: { searched: Searched },
    entity: Pick<Entity, 'metadata'>,
  ): Promise<Review> {
    const manifests = new Map(
      review.objects.map(({ ref, manifest }) => [keyOf(ref), manifest]),
    );
    const trackers = new Set<string>();
    const found = new Map<string, Promise<FixSource>>();
    const findings = await Promise.all(
      review.findings.map(async finding => {
        const { fix } = finding;
        if (!fix) {
          return finding;
        }
        const key = keyOf(fix.object);
        const source =
          found.get(key) ??
          this.#find(
            manifests.get(key) as KubernetesObject | undefined,
            fix.object.cluster,
            searched,
            entity,
            trackers,
          );
        found.set(key, source);
        return { ...finding, fix: { ...fix, source: await source } };
      }),
    );
    return { ...review, findings };
  }

  async #find(
    object: KubernetesObject | undefined,
    cluster: string,
    searched: Searched,
    entity: Pick<Entity, 'metadata'>,
    trackers: Set<string>,
  ): Promise<FixSource> {
    const written = object?.metadata.annotations?.[ANNOTATION_SOURCE];
    if (written !== undefined) {
      return fromAnnotation(written);
    }
    const tracker = object && trackerOf(object);
    if (!object || !tracker) {
      const { annotations = {} } = entity.metadata;
      return fromEntity(
        annotations[ANNOTATION_SOURCE],
        annotations[ANNOTATION_SOURCE_LOCATION],
      );
    }
    if (tracker.tool === 'helm') {
      return fromHelm();
    }
    trackers.add(JSON.stringify(tracker));
    if (trackers.size > MOST_TRACKERS) {
      return noSource(
        'unreachable',
        wording('kept.tooMany', { most: MOST_TRACKERS }),
      );
    }
    // Argo CD, and Flux with a kubeconfig, may run on another cluster than what they deploy to.
    const clusters = [...searched].sort(
      (a, b) =>
        Number(b.cluster.name === cluster) - Number(a.cluster.name === cluster),
    );
    const [first, ...others] = clusters;
    const ask = (one: Searched[number]) =>
      this.#ask(tracker, object, one.cluster);
    const own = first && (await ask(first));
    if (own?.status !== 'unknown') {
      return own ?? noSource('not-found', wording('kept.noCluster'));
    }
    // All at once: each that hangs is waited for a while.
    const sources = [own, ...(await Promise.all(others.map(ask)))];
    return (
      sources.find(({ status }) => status !== 'unknown') ??
      sources.find(source => !isVague(source)) ??
      sources.at(-1)!
    );
  }

  async #ask(
    tracker: Named,
    object: KubernetesObject,
    { name: cluster, trackers: reader }: Searched[number]['cluster'],
  ): Promise<FixSource> {
    const namespace = tracker.namespace ?? this.#argoCdNamespace;
    const { kind, name } = tracker;
    const keptBy = { cluster, kind, namespace, name };
    const read = await reader?.read(kind, namespace, name);
    if (read?.status !== 'found') {
      return unread(read ?? { status: 'absent' }, keptBy);
    }
    const readers = {
      Application: readApplication,
      Kustomization: readKustomization,
      HelmRelease: readHelmRelease,
    };
    const tracked: TrackedSource = readers[kind](read.object, object);
    if (tracked.status !== 'reference') {
      return fromTracker(tracked, keptBy);
    }
    const repository = await reader!.read(
      'GitRepository',
      tracked.namespace,
      tracked.name,
    );
    return repository.status === 'found'
      ? fromTracker(readGitRepository(repository.object, tracked), keptBy)
      : noSource(
          repository.status === 'absent' ? 'not-found' : repository.status,
          wordingWith('kept.repositoryUnread', {
            repository: `${tracked.namespace}/${tracked.name}`,
            tracker: trackerWords(keptBy),
          }),
          keptBy,
        );
  }
}

/** Why what an object says that it is kept by does not tell where. */
function unread(
  read: Exclude<ReadTracker, { status: 'found' }>,
  keptBy: KeptBy,
): FixSource {
  const tracker = trackerWords(keptBy);
  switch (read.status) {
    case 'absent':
      return noSource(
        'not-found',
        wordingWith('kept.absent', { tracker }),
        keptBy,
      );
    case 'forbidden': {
      const { cluster, kind, namespace } = keptBy;
      return noSource(
        'forbidden',
        wording('fix.mayNotGet', { cluster, kind, namespace }),
        keptBy,
      );
    }
    default:
      return noSource(
        'unreachable',
        wordingWith('kept.unread', { tracker, reason: read.why }),
        keptBy,
      );
  }
}

/** There is none of that name on a cluster where there need be none. */
function isVague(source: FixSource): boolean {
  return source.status === 'unknown' && source.reason === 'not-found';
}

function keyOf({
  cluster,
  apiVersion,
  kind,
  namespace,
  name,
}: ObjectRef): string {
  return JSON.stringify([
    cluster,
    apiVersion.split('/')[0],
    kind,
    namespace,
    name,
  ]);
}
