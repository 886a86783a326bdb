import { parseEntityRef } from '@backstage/catalog-model';
import { z } from 'zod';
import {
  type Canary,
  type CanaryAction,
  type CanaryDetails,
  canaryDetailsSchema,
  type CanaryList,
  canaryListSchema,
  type CanaryOptions,
  canaryOptionsSchema,
  type CanaryPreview,
  canaryPreviewSchema,
  type CanaryPreviewRequestInput,
  type CanaryRequestInput,
  canarySchema,
  type CanaryTransitions,
  canaryTransitionsSchema,
} from '../api';
import type { AiMeshCallOptions, AiMeshPage } from './AiMeshApi';
import { queryOf } from './queryOf';
import { refusalOf } from './refusalOf';

/**
 * What can be asked of AI Mesh about canaries.
 * Every call may throw a `ResponseError` with a message for a person; where somebody else was faster it is a 409, whose
 * `body.error.canary` is the present state, and `body.error.since` what happened since the one that the action named.
 *
 * @public
 */
export interface AiMeshCanaryApi {
  /** The canaries of an entity, and of the Services that provably are its, page by page. */
  canaries(
    entityRef: string,
    page?: AiMeshPage,
    options?: AiMeshCallOptions,
  ): Promise<CanaryList>;
  /** What a request for the entity can choose from. */
  canaryOptions(
    entityRef: string,
    options?: AiMeshCallOptions,
  ): Promise<CanaryOptions>;
  /** Every canary that the caller may see, page by page; `active` leaves out those that have ended. */
  allCanaries(
    filter?: { active?: boolean } & AiMeshPage,
    options?: AiMeshCallOptions,
  ): Promise<CanaryList>;
  canary(id: string, options?: AiMeshCallOptions): Promise<CanaryDetails>;
  /** A part of a canary's history; `cursor`: what is before a part that was had. */
  canaryTransitions(
    id: string,
    page?: AiMeshPage,
    options?: AiMeshCallOptions,
  ): Promise<CanaryTransitions>;
  /** Steps, checks and the exact patch of a request, without asking for it. */
  previewCanary(
    request: CanaryPreviewRequestInput,
    options?: AiMeshCallOptions,
  ): Promise<CanaryPreview>;
  requestCanary(
    request: CanaryRequestInput,
    options?: AiMeshCallOptions,
  ): Promise<Canary>;
  actOnCanary(
    id: string,
    action: CanaryAction,
    options?: AiMeshCallOptions,
  ): Promise<Canary>;
}

/**
 * A typed client of AI Mesh's canaries, for the frontend and for other backends.
 *
 * @public
 */
export class AiMeshCanaryClient implements AiMeshCanaryApi {
  readonly #discovery: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetch: typeof fetch;

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
  }) {
    this.#discovery = options.discoveryApi;
    this.#fetch = (input, init) => options.fetchApi.fetch(input, init);
  }

  canaries: AiMeshCanaryApi['canaries'] = (entityRef, page, options) =>
    this.#call(
      `${entityPath(entityRef)}/canaries${queryOf({ ...page })}`,
      canaryListSchema,
      options,
    );

  canaryOptions: AiMeshCanaryApi['canaryOptions'] = (entityRef, options) =>
    this.#call(
      `${entityPath(entityRef)}/canaries/options`,
      canaryOptionsSchema,
      options,
    );

  allCanaries: AiMeshCanaryApi['allCanaries'] = (filter, options) =>
    this.#call(
      `/v1/canaries${queryOf({ ...filter, active: filter?.active || undefined })}`,
      canaryListSchema,
      options,
    );

  canary: AiMeshCanaryApi['canary'] = (id, options) =>
    this.#call(canaryPath(id), canaryDetailsSchema, options);

  canaryTransitions: AiMeshCanaryApi['canaryTransitions'] = (
    id,
    page,
    options,
  ) =>
    this.#call(
      `${canaryPath(id)}/transitions${queryOf({ ...page })}`,
      canaryTransitionsSchema,
      options,
    );

  previewCanary: AiMeshCanaryApi['previewCanary'] = (request, options) =>
    this.#call('/v1/canaries/preflight', canaryPreviewSchema, options, {
      ...request,
    });

  requestCanary: AiMeshCanaryApi['requestCanary'] = (request, options) =>
    this.#call('/v1/canaries', canarySchema, options, { ...request });

  actOnCanary: AiMeshCanaryApi['actOnCanary'] = (id, action, options) =>
    this.#call(`${canaryPath(id)}/actions`, canarySchema, options, {
      ...action,
    });

  async #call<T extends z.ZodType>(
    path: string,
    schema: T,
    options: AiMeshCallOptions = {},
    body?: Record<string, unknown>,
  ): Promise<z.infer<T>> {
    const baseUrl = await this.#discovery.getBaseUrl('ai-mesh');
    const response = await this.#fetch(`${baseUrl}${path}`, {
      signal: options.signal,
      method: body ? 'POST' : 'GET',
      headers: {
        ...(body && { 'Content-Type': 'application/json' }),
        ...(options.token && { Authorization: `Bearer ${options.token}` }),
      },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) {
      throw await refusalOf(response);
    }
    return schema.parse(await response.json());
  }
}

function entityPath(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const path = [kind, namespace, name].map(encodeURIComponent).join('/');
  return `/v1/entities/${path}`;
}

function canaryPath(id: string): string {
  return `/v1/canaries/${encodeURIComponent(id)}`;
}
