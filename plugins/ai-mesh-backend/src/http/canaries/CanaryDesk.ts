import {
  aiMeshCanaryRequestPermission,
  canaryActionSchema,
  canaryPreviewRequestSchema,
  canaryRequestSchema,
  wording,
  type Canary,
  type CanaryDetails,
  type CanaryList,
  type CanaryOptions,
  type CanaryPreview,
  type CanaryTransitions,
  type ServiceOwnership,
} from '@ai-mesh/plugin-ai-mesh-common';
import type {
  AuditorService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { isError, NotFoundError } from '@backstage/errors';
import type { z } from 'zod';
import {
  withDefaults,
  type CanaryRecord,
  type CanaryService,
  type CanarySubject,
  type SubjectFilter,
} from '../../canary';
import type { ClusterTarget } from '../../target/Target';
import type { pageQuerySchema } from '../pageQuery';
import type { ReadableEntities } from '../ReadableEntities';
import type { ReadOptions } from '../readEntityView';
import { parseBody } from '../readBody';
import { requirePermission } from '../requirePermission';
import { worded } from '../../worded';
import { audited, type AuditedWay } from './audited';
import {
  callerOf,
  CanaryAccess,
  type CallerCredentials,
  type CanaryAccessOptions,
} from './CanaryAccess';
import { parseEntityRefText } from './parseEntityRefText';

export interface CanaryDeskOptions
  extends Pick<ReadOptions, 'resolveTarget'>, CanaryAccessOptions {
  entities: Pick<ReadableEntities, 'get' | 'look'>;
  permissions: Pick<PermissionsService, 'authorize'>;
  auditor: AuditorService;
  /** Throws ServiceUnavailableError while there is no database. */
  canaries(): CanaryService;
}

type Page = z.output<typeof pageQuerySchema>;

/** Gives what somebody sent; that it could not be read is audited like any other refusal. */
type ReadInput = () => Promise<unknown>;

/** Looked for in place of a canary that there is not: how long an answer takes must not tell it from one that is hidden. */
const NOBODYS: CanarySubject = {
  entityRef: 'component:default/nobodys',
  service: { cluster: '', namespace: '', name: '' },
};

/**
 * What somebody may do about canaries: authorizes, audits and calls. The one way to them, for routes and for actions
 * alike. All may throw InputError, NotFoundError, NotAllowedError, ServiceUnavailableError.
 */
export class CanaryDesk {
  readonly #options: CanaryDeskOptions;
  readonly #access: CanaryAccess;

  constructor(options: CanaryDeskOptions) {
    this.#options = options;
    this.#access = new CanaryAccess(options);
  }

  /** The canaries of an entity, and of the Services that provably are its. */
  async ofEntity(
    entityRef: string,
    page: Page,
    credentials: CallerCredentials,
  ): Promise<CanaryList> {
    const entity = await this.#options.entities.get(entityRef, credentials);
    const { ownership, readOnly } = await this.#foundFor(entity, credentials);
    const of = {
      entityRefs: [stringifyEntityRef(entity)],
      services: ownership
        .filter(({ proven }) => proven)
        .map(({ service }) => service),
    };
    return {
      ...(await this.list({ of }, page, credentials)),
      ownership,
      ...(readOnly && { readOnly }),
    };
  }

  /** A page of those canaries that the caller may see. */
  async list(
    filter: SubjectFilter,
    page: Page,
    credentials: CallerCredentials,
  ): Promise<CanaryList> {
    const service = this.#options.canaries();
    const readable = await this.#access.readable(
      await service.subjects(filter),
      credentials,
    );
    const found = await service.list({
      subjects: readable.subjects,
      active: filter.active,
      ...page,
    });
    return {
      ...found,
      canaries: found.canaries.map(canary => readable.governed(canary)),
    };
  }

  /** What a request for the entity can choose from. */
  async options(
    entityRef: string,
    credentials: CallerCredentials,
  ): Promise<CanaryOptions> {
    const { entities, resolveTarget, canaries } = this.#options;
    const entity = await entities.get(entityRef, credentials);
    return canaries().options(await resolveTarget(entity, credentials));
  }

  /** What a request would do; nothing is written. */
  async preview(
    input: unknown,
    credentials: CallerCredentials,
  ): Promise<CanaryPreview> {
    const asked = parseBody(canaryPreviewRequestSchema, this.#planned(input));
    const target = await this.#requestable(asked.entityRef, credentials);
    return this.#options.canaries().preview(asked, target);
  }

  /** @returns the canary, and false where the same request had been made before */
  request(
    readInput: ReadInput,
    credentials: CallerCredentials,
    way: AuditedWay,
  ): Promise<{ canary: Canary; created: boolean }> {
    const { auditor, canaries } = this.#options;
    return audited(
      { auditor, eventId: 'canary-request', severityLevel: 'medium', ...way },
      async note => {
        const asked = parseBody(
          canaryRequestSchema,
          this.#planned(await readInput()),
        );
        note({ entityRef: asked.entityRef, service: asked.service });
        const target = await this.#requestable(asked.entityRef, credentials);
        const answer = await canaries().request(
          asked,
          target,
          callerOf(credentials),
        );
        note({ canaryId: answer.canary.id, created: answer.created });
        return answer;
      },
    );
  }

  async details(
    id: string,
    credentials: CallerCredentials,
  ): Promise<CanaryDetails> {
    const { record, readable } = await this.#visible(id, credentials);
    const canaries = this.#options.canaries();
    return {
      ...readable.governed(await canaries.details(record)),
      ownership: [...readable.ownerships],
      ...(record.group && {
        others: await this.#others(record, credentials),
      }),
    };
  }

  async transitions(
    id: string,
    page: { cursor?: number; limit: number },
    credentials: CallerCredentials,
  ): Promise<CanaryTransitions> {
    const { record } = await this.#visible(id, credentials);
    return this.#options.canaries().transitions(record.id, page);
  }

  act(
    id: string,
    readInput: ReadInput,
    credentials: CallerCredentials,
    way: AuditedWay,
  ): Promise<Canary> {
    const { auditor, canaries } = this.#options;
    return audited(
      { auditor, eventId: 'canary-action', severityLevel: 'high', ...way },
      async note => {
        note({ canaryId: id });
        const action = parseBody(canaryActionSchema, await readInput());
        note({ actionType: action.action, version: action.version });
        const { record, readable } = await this.#visible(id, credentials);
        note({ entityRef: record.entityRef });
        // What takes traffic forward in a cluster is for the provable owners of the Service there.
        const others =
          action.action === 'approve' ? await canaries().othersOf(record) : [];
        for (const one of [record, ...others]) {
          await this.#access.require(action.action, one, credentials);
        }
        return readable.governed(
          await canaries().act(id, action, callerOf(credentials)),
        );
      },
    );
  }

  /** Those of the same request that the caller may see. */
  async #others(
    record: CanaryRecord,
    credentials: CallerCredentials,
  ): Promise<Canary[]> {
    const canaries = this.#options.canaries();
    const others = await canaries.othersOf(record);
    const readable = await this.#access.readable(others, credentials);
    return others
      .filter(other => readable.subjects.includes(other))
      .map(other => readable.governed(canaries.show(other)));
  }

  /** Of what an entity says to own; nothing while its annotation cannot be used, but its canaries are seen. */
  async #foundFor(
    entity: Entity,
    credentials: CallerCredentials,
  ): Promise<{ ownership: ServiceOwnership[]; readOnly?: string[] }> {
    try {
      const { resolution, clusters } = await this.#options.resolveTarget(
        entity,
        credentials,
      );
      const readOnly = clusters.length > 0 && clusters.every(isReadOnly);
      return {
        ownership: resolution.ownership ?? [],
        ...(readOnly && {
          readOnly: clusters.map(({ cluster }) => cluster.name),
        }),
      };
    } catch (error) {
      if (
        isError(error) &&
        (error.name === 'InputError' || error.name === 'NotFoundError')
      ) {
        return { ownership: [] };
      }
      throw error;
    }
  }

  /** The canary, for whoever may see it; NotFoundError, the same whether there is none or it may not be seen. */
  async #visible(id: string, credentials: CallerCredentials) {
    const record = await this.#options.canaries().find(id);
    const readable = await this.#access.readable(
      [record ?? NOBODYS],
      credentials,
    );
    if (!record || readable.subjects.length === 0) {
      throw worded(NotFoundError, wording('act.noneSeen'));
    }
    return { record, readable };
  }

  /** The entity that a request is about, for whoever may ask for its canaries. */
  async #requestable(entityRef: string, credentials: CallerCredentials) {
    const { entities, permissions, resolveTarget } = this.#options;
    const entity = await entities.get(
      parseEntityRefText(entityRef),
      credentials,
    );
    await requirePermission(
      permissions,
      aiMeshCanaryRequestPermission,
      [stringifyEntityRef(entity)],
      wording('deed.ask'),
      credentials,
    );
    return resolveTarget(entity, credentials);
  }

  #planned(input: unknown): unknown {
    return typeof input === 'object' && input !== null && !Array.isArray(input)
      ? {
          ...input,
          plan: withDefaults(
            (input as { plan?: unknown }).plan,
            this.#options.canaries().rules.defaults,
          ),
        }
      : input;
  }
}

function isReadOnly({ cluster }: ClusterTarget): boolean {
  return cluster.editor?.readOnly === true;
}
