import {
  aiMeshReadPermission,
  entityPage,
  SEARCH_DOCUMENT_TYPE,
  type AiMeshApi,
  type AiMeshSearchDocument,
  type Fleet,
  type FleetRow,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { AiMeshService } from '@ai-mesh/plugin-ai-mesh-node';
import type { AuthService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import type { DocumentCollatorFactory } from '@backstage/plugin-search-common';
import { Readable } from 'stream';

const A_PAGE = 200;

/**
 * The services in the mesh as documents of search, by what is stored of them: the codes of their findings, their models and
 * their level. A reader finds those of which `ai-mesh.read` is granted.
 *
 * @public
 */
export class AiMeshCollatorFactory implements DocumentCollatorFactory {
  readonly type = SEARCH_DOCUMENT_TYPE;
  readonly visibilityPermission = aiMeshReadPermission;
  readonly #aiMesh: Pick<AiMeshService, 'onBehalfOf'>;
  readonly #auth: Pick<AuthService, 'getOwnServiceCredentials'>;

  constructor(options: {
    aiMesh: Pick<AiMeshService, 'onBehalfOf'>;
    auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  }) {
    this.#aiMesh = options.aiMesh;
    this.#auth = options.auth;
  }

  async getCollator(): Promise<Readable> {
    const client = this.#aiMesh.onBehalfOf(
      await this.#auth.getOwnServiceCredentials(),
    );
    return Readable.from(this.#documents(client));
  }

  /** @throws where nothing can be known, so that search keeps the documents that it has */
  async *#documents(
    client: Pick<AiMeshApi, 'fleet'>,
  ): AsyncGenerator<AiMeshSearchDocument> {
    // Rows may change places while pages are turned.
    const told = new Set<string>();
    let cursor: string | undefined;
    do {
      const { rows, facets, next } = await client.fleet({
        sort: 'name',
        limit: A_PAGE,
        cursor,
      });
      for (const row of rows.filter(({ entityRef }) => !told.has(entityRef))) {
        told.add(row.entityRef);
        yield documentOf(row, facets.levels);
      }
      cursor = next;
    } while (cursor !== undefined);
  }
}

function documentOf(
  row: FleetRow,
  levels: Fleet['facets']['levels'],
): AiMeshSearchDocument {
  const { entityRef, title, type, owners, level } = row;
  if (level.status === 'unknown') {
    throw new ServiceUnavailableError(
      `What is stored of ${entityRef} cannot be read. ${level.message ?? level.reason}`,
    );
  }
  const reached =
    level.value.status === 'known' ? (level.value.level ?? 'none') : undefined;
  const levelTitle = levels.find(({ id }) => id === reached)?.title;
  const findingCodes = row.findingCodes ?? [];
  const models = row.modelNames ?? [];
  return {
    title: title ?? parseEntityRef(entityRef).name,
    // What is searched; what is shown is made of the fields.
    text: [
      entityRef,
      ...findingCodes,
      ...models,
      ...(reached === undefined ? [] : ['level', reached, levelTitle ?? '']),
      ...owners,
    ]
      .filter(Boolean)
      .join(' '),
    location: entityPage(entityRef),
    authorization: { resourceRef: entityRef },
    entityRef,
    ...(type !== undefined && { componentType: type }),
    owners,
    ...(reached !== undefined && { level: reached }),
    ...(levelTitle !== undefined && { levelTitle }),
    findingCodes,
    models,
  };
}
