import {
  ANNOTATION_SOURCE,
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
import type { TrackerReader } from '../kubernetes/TrackerReader';
import {
  readApplication,
  readGitRepository,
  readHelmRelease,
  readKustomization,
  type TrackedSource,
} from './readTracker';
import {
  fromAnnotation,
  fromEntity,
  fromTracker,
  noSource,
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
      return fromTracker({ status: 'chart' });
    }
    trackers.add(JSON.stringify(tracker));
    if (trackers.size > MOST_TRACKERS) {
      return noSource(
        'unreachable',
        `More than ${MOST_TRACKERS} deployments are not looked up for one review.`,
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
      return own ?? noSource('not-found', 'No cluster could be asked.');
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
    const called = `${kind} ${namespace}/${name} on '${cluster}'`;
    const read = await reader?.read(kind, namespace, name);
    if (read?.status !== 'found') {
      return read === undefined || read.status === 'absent'
        ? noSource('not-found', `There is no ${called}.`, keptBy)
        : noSource(
            read.status,
            `${called} could not be read: ${read.message}`,
            keptBy,
          );
    }
    const readers = {
      Application: readApplication,
      Kustomization: readKustomization,
      HelmRelease: readHelmRelease,
    };
    let tracked: TrackedSource = readers[kind](read.object, object);
    if (tracked.status === 'reference') {
      const repository = await reader!.read(
        'GitRepository',
        tracked.namespace,
        tracked.name,
      );
      if (repository.status !== 'found') {
        return noSource(
          repository.status === 'absent' ? 'not-found' : repository.status,
          `GitRepository ${tracked.namespace}/${tracked.name} on '${cluster}', which ${called} takes from, could not be read.`,
          keptBy,
        );
      }
      tracked = readGitRepository(repository.object, tracked);
    }
    return fromTracker(tracked, keptBy);
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
