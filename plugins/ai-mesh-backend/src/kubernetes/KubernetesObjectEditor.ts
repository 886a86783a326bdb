import {
  said,
  wording,
  type JsonPatchOperation,
  type ObjectRef,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { z } from 'zod';
import { wordingWith } from '../worded';
import {
  toKubernetesError,
  type KubernetesApi,
  type KubernetesError,
  type KubernetesWriter,
} from './KubernetesApi';
import { FIELD_MANAGER, keepFieldManagers } from './fieldManagers';
import type { ConfigObject } from './kinds';
import type { RawObject } from './stripMeta';
import { kindTable, qualifiedResource, type KindRow } from './kindTable';
import {
  EditError,
  type MayPatch,
  type ObjectEditor,
  type PatchOptions,
} from './ObjectEditor';

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.record(z.string(), z.unknown()).optional(),
});

const managedSchema = z.object({
  metadata: z.object({
    resourceVersion: z.string(),
    managedFields: z
      .array(
        z.looseObject({
          manager: z.string().optional(),
          operation: z.string().optional(),
          subresource: z.string().optional(),
        }),
      )
      .default([]),
  }),
});

const reviewSchema = z.object({
  status: z.object({ allowed: z.boolean(), reason: z.string().optional() }),
});

/** The signal of callers who do not give up. */
const never = new AbortController().signal;

/** Edits objects through a cluster's API. */
export class KubernetesObjectEditor implements ObjectEditor {
  readonly #cluster: string;
  readonly #api: Pick<KubernetesApi, 'get'> & KubernetesWriter;
  readonly readOnly: boolean;

  constructor(options: {
    cluster: string;
    api: Pick<KubernetesApi, 'get'> & KubernetesWriter;
    /** Whether the configuration lets the portal change this cluster. */
    allowWrites: boolean;
  }) {
    this.#cluster = options.cluster;
    this.#api = options.api;
    this.readOnly = !options.allowWrites;
  }

  async get(ref: ObjectRef, signal = never): Promise<ConfigObject> {
    try {
      return this.#read(await this.#api.get(pathOf(ref), {}, signal));
    } catch (error) {
      throw this.#explain(error, 'get', ref, signal);
    }
  }

  async patch(
    ref: ObjectRef,
    patch: readonly JsonPatchOperation[],
    { dryRun = false, subresource, signal = never }: PatchOptions = {},
  ): Promise<ConfigObject> {
    if (this.readOnly) {
      throw new EditError('refused', this.#writesAreOff());
    }
    try {
      return this.#read(
        await this.#api.write(
          {
            method: 'PATCH',
            path: subresource ? `${pathOf(ref)}/${subresource}` : pathOf(ref),
            query: {
              fieldManager: FIELD_MANAGER,
              // Fields that this version of the kind does not know are refused, not dropped.
              fieldValidation: 'Strict',
              ...(dryRun && { dryRun: 'All' }),
            },
            contentType: 'application/json-patch+json',
            body: patch,
          },
          signal,
        ),
      );
    } catch (error) {
      const explained = this.#explain(error, 'patch', ref, signal, subresource);
      throw toKubernetesError(error).status === 422
        ? await this.#conflictOr(explained, ref, patch, signal)
        : explained;
    }
  }

  /**
   * The entry alone is taken from `metadata.managedFields`, which an API server takes as the new state of ownership where
   * a write changes it (apimachinery, `managedfields/internal/fieldmanager.go`; `csaupgrade` of client-go does the same).
   * The last entry stays: without any, the next apply would meet all fields as somebody else's.
   */
  async giveUpFields(ref: ObjectRef, signal = never): Promise<void> {
    let raw: unknown;
    try {
      raw = await this.#api.get(pathOf(ref), {}, signal);
    } catch (error) {
      throw this.#explain(error, 'get', ref, signal);
    }
    const parsed = managedSchema.safeParse(raw);
    if (!parsed.success) {
      throw new EditError(
        'unreachable',
        wording('edit.noObject', { cluster: this.#cluster }),
      );
    }
    const { resourceVersion, managedFields } = parsed.data.metadata;
    const own = managedFields.flatMap((entry, index) =>
      entry.manager === FIELD_MANAGER &&
      entry.operation === 'Update' &&
      entry.subresource === undefined
        ? [index]
        : [],
    );
    if (own.length === 0 || own.length === managedFields.length) {
      return;
    }
    await this.patch(
      ref,
      [
        {
          op: 'test',
          path: '/metadata/resourceVersion',
          value: resourceVersion,
        },
        ...own.reverse().map(index => ({
          op: 'remove' as const,
          path: `/metadata/managedFields/${index}`,
        })),
      ],
      { signal },
    );
  }

  async mayPatch(ref: ObjectRef, signal = never): Promise<MayPatch> {
    if (this.readOnly) {
      return { allowed: false, ...said(this.#writesAreOff()) };
    }
    const row = rowOf(ref);
    const review = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: {
        resourceAttributes: {
          verb: 'patch',
          group: row.group,
          resource: row.resource,
          namespace: ref.namespace,
          name: ref.name,
        },
      },
    };
    try {
      const { status } = reviewSchema.parse(
        await this.#api.write(
          {
            method: 'POST',
            path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
            contentType: 'application/json',
            body: review,
          },
          signal,
        ),
      );
      return {
        allowed: status.allowed,
        ...said(
          wording(status.allowed ? 'patch.may' : 'patch.mayNot', {
            object: named(row, ref),
            cluster: this.#cluster,
          }),
        ),
      };
    } catch (error) {
      throw this.#explain(error, 'create', ref, signal);
    }
  }

  #read(json: unknown): ConfigObject {
    const parsed = objectSchema.safeParse(json);
    if (!parsed.success) {
      throw new EditError(
        'unreachable',
        wording('edit.noObject', { cluster: this.#cluster }),
      );
    }
    const { managedFields, ...metadata } = parsed.data.metadata;
    return keepFieldManagers(
      parsed.data as RawObject,
      { ...parsed.data, metadata } as ConfigObject,
    );
  }

  /** An API server does not say which operation of a patch failed: the `test` did, where the object has changed. */
  async #conflictOr(
    refusal: Error,
    ref: ObjectRef,
    patch: readonly JsonPatchOperation[],
    signal: AbortSignal,
  ): Promise<Error> {
    const tested = patch.find(
      ({ op, path }) => op === 'test' && path === '/metadata/resourceVersion',
    );
    const { metadata } = await this.get(ref, signal);
    return tested &&
      'value' in tested &&
      tested.value !== metadata.resourceVersion
      ? new EditError(
          'conflict',
          wording('edit.changed', {
            object: `${ref.kind} ${ref.namespace}/${ref.name}`,
          }),
        )
      : refusal;
  }

  #explain(
    error: unknown,
    verb: string,
    ref: ObjectRef,
    signal: AbortSignal,
    subresource?: PatchOptions['subresource'],
  ): Error {
    signal.throwIfAborted();
    if (error instanceof EditError) {
      return error;
    }
    const known = toKubernetesError(error);
    const row = rowOf(ref);
    const resource = subresource
      ? `${row.resource}/${subresource}`
      : row.resource;
    const what = named(row, ref);
    const places = {
      cluster: this.#cluster,
      verb,
      object: what,
      reason: known.words,
    };
    switch (failureOf(known)) {
      case 'not-found':
        return new EditError(
          'not-found',
          wording('edit.gone', { cluster: this.#cluster, object: what }),
        );
      case 'conflict':
        return new EditError(
          'conflict',
          wording('edit.changed', {
            object: `${ref.kind} ${ref.namespace}/${ref.name}`,
          }),
        );
      case 'unauthorized':
        return new EditError('forbidden', wordingWith('edit.token', places));
      case 'forbidden':
        return new EditError(
          'forbidden',
          wordingWith('edit.forbidden', {
            ...places,
            resource,
            group: row.group,
          }),
        );
      case 'refused':
        return new EditError('refused', wordingWith('edit.refused', places));
      default:
        return new EditError('unreachable', wordingWith('edit.failed', places));
    }
  }

  #writesAreOff(): Words {
    return wording('patch.off', { cluster: this.#cluster });
  }
}

function failureOf({ failure, status, message }: KubernetesError) {
  if (failure === 'not-found') {
    return 'not-found';
  }
  if (status === 409) {
    return 'conflict';
  }
  // A webhook may refuse with any status, 403 as well.
  if (/admission webhook|denied the request/.test(message)) {
    return 'refused';
  }
  if (failure === 'forbidden' || failure === 'unauthorized') {
    return failure;
  }
  // Other answers to what was sent; 429 and 5xx are about the server.
  return status !== undefined && status >= 400 && status < 500 && status !== 429
    ? 'refused'
    : 'unreachable';
}

function rowOf({ kind, apiVersion }: ObjectRef): KindRow {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const row = kindTable.find(
    each => each.apiKind === kind && each.group === group,
  );
  if (!row) {
    throw new Error(`There is no kind ${kind} of ${apiVersion} to edit`);
  }
  return row;
}

function pathOf(ref: ObjectRef): string {
  const { apiVersion, namespace, name } = ref;
  const root = apiVersion.includes('/')
    ? `/apis/${apiVersion}`
    : `/api/${apiVersion}`;
  const within = namespace
    ? `/namespaces/${encodeURIComponent(namespace)}`
    : '';
  return `${root}${within}/${rowOf(ref).resource}/${encodeURIComponent(name)}`;
}

function named(row: KindRow, { namespace, name }: ObjectRef): string {
  return `${qualifiedResource(row)} ${namespace}/${name}`;
}
