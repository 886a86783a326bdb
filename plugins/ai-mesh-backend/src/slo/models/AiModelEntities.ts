import { ANNOTATION_MODEL } from '@ai-mesh/plugin-ai-mesh-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { LRUCache } from 'lru-cache';
import { allEntities, type PagedCatalog } from '../../target/allEntities';

const FRESH_MS = 60_000;
const MOST_READERS = 200;

/** References of entities by the model's name. */
export type ModelRefs = ReadonlyMap<string, string>;

/**
 * Finds the catalog's Resources of type `ai-model` by the name that metrics give a model: the annotation
 * `ai-mesh.io/model`, for names that an entity cannot have, else the title or the name. Kept for a minute for each
 * reader, because readers may see different entities.
 */
export class AiModelEntities {
  readonly #catalog: PagedCatalog;
  readonly #kept = new LRUCache<string, Promise<ModelRefs>>({
    max: MOST_READERS,
    ttl: FRESH_MS,
  });

  constructor(options: { catalog: PagedCatalog }) {
    this.#catalog = options.catalog;
  }

  /** @throws when the catalog does not answer */
  async forReader(credentials: BackstageCredentials): Promise<ModelRefs> {
    const reader = JSON.stringify(credentials.principal);
    const present = this.#kept.get(reader);
    if (present) {
      return present;
    }
    const reading = this.#read(credentials);
    this.#kept.set(reader, reading);
    try {
      return await reading;
    } catch (error) {
      this.#kept.delete(reader);
      throw error;
    }
  }

  async #read(credentials: BackstageCredentials): Promise<ModelRefs> {
    const items = await allEntities(
      this.#catalog,
      {
        filter: { kind: 'Resource', 'spec.type': 'ai-model' },
        fields: [
          'kind',
          'metadata.namespace',
          'metadata.name',
          'metadata.title',
          'metadata.annotations',
        ],
      },
      { credentials },
    );
    const refs = new Map<string, string>();
    // What is said on purpose wins over what merely has the name.
    for (const nameOf of [
      (at: number) => items[at].metadata.annotations?.[ANNOTATION_MODEL],
      (at: number) => items[at].metadata.title,
      (at: number) => items[at].metadata.name,
    ]) {
      items.forEach((entity, index) => {
        const name = nameOf(index);
        if (name && !refs.has(name)) {
          refs.set(name, stringifyEntityRef(entity));
        }
      });
    }
    return refs;
  }
}
