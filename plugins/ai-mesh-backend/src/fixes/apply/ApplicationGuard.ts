import {
  wording,
  type ServiceRef,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { ConfigObject } from '../../kubernetes/kinds';
import type { ObjectEditor } from '../../kubernetes/ObjectEditor';
import type { MeshClusters } from '../../target/MeshClusters';
import { isProven, whyNotProven, type Ownership } from '../../target/ownership';
import { worded } from '../../worded';
import type { ApplicationRecord } from './ApplicationRecord';
import { servicesReached, whyNotApplied } from './whyNotApplied';

export interface ApplicationGuardOptions {
  clusters: Pick<MeshClusters, 'get'>;
  /** Whose Services are, in their order. */
  ownershipsOf(services: readonly ServiceRef[]): Promise<Ownership[]>;
  /** The canary that runs on an object. */
  canaryOn(object: ConfigObject): string | undefined;
}

/** Says what speaks against writing a fix, by what is proven now and by the object as it is. */
export class ApplicationGuard {
  readonly #options: ApplicationGuardOptions;

  constructor(options: ApplicationGuardOptions) {
    this.#options = options;
  }

  /**
   * What writes to a cluster; undefined: nothing may.
   */
  editorOf(cluster: string): ObjectEditor | undefined {
    const { editor } = this.#options.clusters.get(cluster) ?? {};
    return editor?.readOnly ? undefined : editor;
  }

  /** @throws ConflictError where nothing is written to the cluster */
  writable(cluster: string): ObjectEditor {
    const editor = this.editorOf(cluster);
    if (!editor) {
      const isOff = this.#options.clusters.get(cluster)?.editor?.readOnly;
      throw worded(
        ConflictError,
        wording(isOff ? 'patch.off' : 'patch.noEditor', { cluster }),
      );
    }
    return editor;
  }

  /** @throws NotAllowedError where the Service is not provably the entity's */
  async requireProven(service: ServiceRef, entityRef: string): Promise<void> {
    const [ownership] = await this.#options.ownershipsOf([service]);
    if (!isProven(ownership, entityRef)) {
      throw worded(NotAllowedError, whyNotProven(ownership, entityRef));
    }
  }

  /** Why the object is not to be written now; undefined: nothing speaks against it. */
  async whyNot(
    {
      object,
      operations,
      entityRef,
    }: Pick<ApplicationRecord, 'object' | 'operations' | 'entityRef'>,
    live: ConfigObject,
  ): Promise<Words | undefined> {
    const { clusters, ownershipsOf, canaryOn } = this.#options;
    const { cluster } = object;
    const snapshot = await clusters.get(cluster)!.snapshots.snapshot();
    const { clusterDomain } = snapshot;
    const reached = servicesReached(live, clusterDomain);
    const services = 'services' in reached ? reached.services : [];
    const ownerships = await ownershipsOf(
      services.map(service => ({ cluster, ...service })),
    );
    const proven = new Set(
      services
        .filter((_, index) => isProven(ownerships[index], entityRef))
        .map(({ namespace, name }) => `${namespace}/${name}`),
    );
    return whyNotApplied(live, operations, {
      entityRef,
      clusterDomain,
      isProven: ({ namespace, name }) => proven.has(`${namespace}/${name}`),
      canaryOn,
    });
  }
}
