import {
  isAiMeshAvailable,
  TARGET_ANNOTATIONS,
  wording,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import {
  RELATION_PART_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { isError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { NoComponentsError } from './NoComponentsError';
import { systemTarget } from './systemTarget';
import type { TargetsForReaders } from './TargetsForReaders';
import { allEntities, type PagedCatalog } from '../allEntities';
import type { Target } from '../Target';
import { worded, wordingWith, wordsIn } from '../../worded';

/** More components have more Services than a graph shows. */
const MOST_COMPONENTS = 200;

/** Finds what the components of a System own in the mesh, as far as a reader may see each of them. */
export class SystemTargets {
  readonly #catalog: Pick<CatalogService, 'getEntityByRef'> & PagedCatalog;
  readonly #readers: {
    /** Of entities that the catalog shows to the reader, those whose mesh may be seen. */
    allowed(
      entityRefs: readonly string[],
      credentials: BackstageCredentials,
    ): Promise<ReadonlySet<string>>;
  };
  readonly #targets: Pick<TargetsForReaders, 'resolveAll'>;
  readonly #mostComponents: number;

  constructor(options: {
    catalog: Pick<CatalogService, 'getEntityByRef'> & PagedCatalog;
    readers: {
      allowed(
        entityRefs: readonly string[],
        credentials: BackstageCredentials,
      ): Promise<ReadonlySet<string>>;
    };
    targets: Pick<TargetsForReaders, 'resolveAll'>;
    mostComponents?: number;
  }) {
    this.#catalog = options.catalog;
    this.#readers = options.readers;
    this.#targets = options.targets;
    this.#mostComponents = options.mostComponents ?? MOST_COMPONENTS;
  }

  /**
   * Asks the catalog twice and the policy at most twice, whatever the number of components. The System itself has only to
   * be seen in the catalog: whose mesh is shown is decided for each component.
   *
   * @throws NotFoundError where the reader sees no such System; {@link NoComponentsError} where none of its components
   * that the reader sees is in a mesh; NotAllowedError where the mesh of none of them may be seen
   */
  async resolve(
    systemRef: string,
    credentials: BackstageCredentials,
  ): Promise<{ entity: Entity; target: Target }> {
    const [entity, items] = await Promise.all([
      this.#catalog.getEntityByRef(systemRef, { credentials }),
      allEntities(
        this.#catalog,
        {
          filter: TARGET_ANNOTATIONS.map(annotation => ({
            [`relations.${RELATION_PART_OF}`]: systemRef,
            [`metadata.annotations.${annotation}`]: CATALOG_FILTER_EXISTS,
          })),
          fields: [
            'kind',
            'metadata.namespace',
            'metadata.name',
            'metadata.annotations',
            'relations',
          ],
        },
        { credentials },
      ),
    ]);
    if (!entity) {
      throw worded(
        NotFoundError,
        wording('request.noEntity', { entity: systemRef }),
      );
    }
    // A System may have an annotation of its own.
    const parts = isAiMeshAvailable(entity) ? [entity, ...items] : items;
    if (parts.length === 0) {
      throw worded(
        NoComponentsError,
        wording('system.noComponents', {
          entity: systemRef,
          annotations: TARGET_ANNOTATIONS.join(', '),
        }),
      );
    }
    const allowed = await this.#readers.allowed(
      parts.map(one => stringifyEntityRef(one)),
      credentials,
    );
    const readable = parts
      .filter(one => allowed.has(stringifyEntityRef(one)))
      .sort((a, b) =>
        stringifyEntityRef(a).localeCompare(stringifyEntityRef(b)),
      );
    if (readable.length === 0) {
      throw worded(
        NotAllowedError,
        wording('system.noneAllowed', { entity: systemRef }),
      );
    }
    const looked = readable.slice(0, this.#mostComponents);
    const found = await this.#targets.resolveAll(looked, credentials);
    const targets: Target[] = [];
    const leftOut: Words[] = [];
    found.forEach((one, index) => {
      if (one.status === 'fulfilled') {
        targets.push(one.value);
      } else {
        leftOut.push(whyLeftOut(looked[index], one.reason));
      }
    });
    if (readable.length < parts.length) {
      leftOut.push(
        wording('system.denied', { count: parts.length - readable.length }),
      );
    }
    if (looked.length < readable.length) {
      leftOut.push(
        wording('system.tooMany', {
          count: readable.length,
          most: looked.length,
        }),
      );
    }
    return { entity, target: systemTarget(entity, targets, leftOut) };
  }
}

/** An annotation that cannot be read takes one component away; whatever else fails, fails for all. */
function whyLeftOut(component: Entity, error: unknown): Words {
  if (
    isError(error) &&
    (error.name === 'InputError' || error.name === 'NotFoundError')
  ) {
    return wordingWith('system.unread', {
      text: wordsIn(error),
      entity: stringifyEntityRef(component),
    });
  }
  throw error;
}
