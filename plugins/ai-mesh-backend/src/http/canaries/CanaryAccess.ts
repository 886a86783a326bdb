import {
  aiMeshCanaryApprovePermission,
  aiMeshCanaryCleanUpPermission,
  aiMeshCanaryControlPermission,
  aiMeshCanaryRequestPermission,
  wording,
  type Canary,
  type CanaryActionName,
  type ServiceOwnership,
  type CanaryNext,
  type ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import type {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  serviceKey,
  type CanaryCaller,
  type CanaryRecord,
  type CanarySubject,
} from '../../canary';
import {
  isProven,
  mayReadByClaim,
  ownershipFor,
  whyNotProven,
  type Ownership,
  type OwnershipSettings,
} from '../../target/ownership';
import { worded } from '../../worded';
import type { ReadableEntities } from '../ReadableEntities';
import { requirePermission } from '../requirePermission';

/** Credentials as the API takes them. */
export type CallerCredentials = BackstageCredentials<
  BackstageUserPrincipal | BackstageServicePrincipal
>;

/** Who acts: a person, also where a service passes a person's token on, or a service under its own subject. */
export function callerOf({ principal }: CallerCredentials): CanaryCaller {
  return principal.type === 'user'
    ? { kind: 'person', ref: principal.userEntityRef }
    : { kind: 'service', ref: principal.subject };
}

export interface CanaryAccessOptions {
  entities: Pick<ReadableEntities, 'look'>;
  permissions: Pick<PermissionsService, 'authorize'>;
  /** Whose Services are, in their order. */
  ownershipsOf(services: readonly ServiceRef[]): Promise<Ownership[]>;
  claims: OwnershipSettings['claims'];
}

/** What an action needs, on one of some entities. */
interface Needed {
  permission: ResourcePermission;
  on: readonly string[];
}

/** What a caller may see of canaries. */
export class ReadableSubjects {
  readonly subjects: readonly CanarySubject[];
  /** Whose their Services are, as far as the caller may see that, in their order. */
  readonly ownerships: readonly ServiceOwnership[];
  readonly #governors: ReadonlyMap<string, string | undefined>;

  constructor(
    readable: readonly {
      subject: CanarySubject;
      governedBy?: string;
      ownership: ServiceOwnership;
    }[],
  ) {
    this.subjects = readable.map(({ subject }) => subject);
    this.ownerships = readable.map(({ ownership }) => ownership);
    this.#governors = new Map(
      readable.map(({ subject, governedBy }) => [keyOf(subject), governedBy]),
    );
  }

  /** The canary with the entity whose people decide about it. */
  governed<T extends Canary>(canary: T): T {
    const governedBy = this.#governors.get(keyOf(canary));
    return governedBy === undefined ? canary : { ...canary, governedBy };
  }
}

/**
 * Who may see canaries and act on them. A canary moves the traffic of a Service, so it is for the people of the entity
 * that provably owns that, whoever asked for it.
 */
export class CanaryAccess {
  readonly #options: CanaryAccessOptions;

  constructor(options: CanaryAccessOptions) {
    this.#options = options;
  }

  /** Of these, those that the caller may see; each with the entity whose people decide. */
  async readable(
    subjects: readonly CanarySubject[],
    credentials: CallerCredentials,
  ): Promise<ReadableSubjects> {
    const ownerships = await this.#options.ownershipsOf(
      subjects.map(({ service }) => service),
    );
    const refs = subjects.flatMap(({ entityRef }, index) => [
      entityRef,
      ...ownerships[index].owners,
      ...ownerships[index].claims,
    ]);
    const { seen, readable } = await this.#options.entities.look(
      [...new Set(refs)],
      credentials,
    );
    return new ReadableSubjects(
      subjects.flatMap((subject, index) =>
        this.#maySee(subject, ownerships[index], ref => readable.has(ref))
          ? [
              {
                subject,
                governedBy: governor(subject, ownerships[index], seen),
                ownership: ownershipFor(
                  ownerships[index],
                  subject.entityRef,
                  seen,
                  false,
                ),
              },
            ]
          : [],
      ),
    );
  }

  /**
   * @param about - the canary, which the caller may see
   * @throws NotAllowedError that names the permission, or what is not proven
   */
  async require(
    action: CanaryActionName,
    about: CanaryRecord,
    credentials: CallerCredentials,
  ): Promise<void> {
    const [ownership] = await this.#options.ownershipsOf([about.service]);
    const { permission, on } = needed(
      action,
      about,
      ownership,
      callerOf(credentials),
    );
    if (on.length === 0) {
      throw worded(NotAllowedError, whyNotProven(ownership, about.entityRef));
    }
    await requirePermission(
      this.#options.permissions,
      permission,
      on,
      wording('deed.act', {}, { action: `action.${action}` }),
      credentials,
      // The owner may be one that the caller may not see.
      ownership.owners.includes(about.entityRef)
        ? wording('denied.entity', { entity: about.entityRef })
        : wording('denied.owner', {
            service: `${about.service.namespace}/${about.service.name}`,
          }),
    );
  }

  /**
   * Of each canary that waits for somebody, whether that may be the caller: the permissions that `require` would ask
   * for, all at once. That a person asked for the canary is not looked at.
   */
  async mayDecide(
    canaries: readonly Pick<
      Canary,
      'entityRef' | 'service' | 'requestedBy' | 'next'
    >[],
    credentials: CallerCredentials,
  ): Promise<boolean[]> {
    const caller = callerOf(credentials);
    const ownerships = await this.#options.ownershipsOf(
      canaries.map(({ service }) => service),
    );
    const asked = canaries.map((canary, index) => {
      const action = decisionOf(canary.next);
      return action && caller.kind === 'person'
        ? needed(action, canary, ownerships[index], caller)
        : undefined;
    });
    const questions = asked.flatMap((one, index) =>
      (one?.on ?? []).map(resourceRef => ({
        index,
        question: { permission: one!.permission, resourceRef },
      })),
    );
    const decisions =
      questions.length === 0
        ? []
        : await this.#options.permissions.authorize(
            questions.map(({ question }) => question),
            { credentials },
          );
    const may = new Set(
      questions.flatMap(({ index }, at) =>
        decisions[at].result === AuthorizeResult.ALLOW ? index : [],
      ),
    );
    return canaries.map((_, index) => may.has(index));
  }

  #maySee(
    { entityRef }: CanarySubject,
    ownership: Ownership,
    isReadable: (entityRef: string) => boolean,
  ): boolean {
    return (
      ownership.owners.some(isReadable) ||
      (isReadable(entityRef) &&
        mayReadByClaim(ownership, entityRef, this.#options, isReadable))
    );
  }
}

/** What somebody has to do so that a canary goes on; undefined where it goes on by itself. */
export function decisionOf({
  action,
}: CanaryNext): CanaryActionName | undefined {
  switch (action) {
    case 'wait-for-approval':
      return 'approve';
    case 'wait-for-confirmation':
      return 'confirmStep';
    case 'wait-for-person':
      return 'resume';
    default:
      return undefined;
  }
}

function keyOf({ entityRef, service }: CanarySubject): string {
  return `${entityRef} ${serviceKey(service)}`;
}

function governor(
  { entityRef }: CanarySubject,
  { owners }: Ownership,
  seen: ReadonlySet<string>,
): string | undefined {
  return owners.includes(entityRef)
    ? entityRef
    : owners.find(owner => seen.has(owner));
}

/**
 * What an action needs. What takes traffic forward, and what cleans up, is for the provable owners alone; whoever asked
 * may always stop it. Whoever asked for a canary may take it back.
 */
function needed(
  action: CanaryActionName,
  { entityRef, requestedBy }: { entityRef: string; requestedBy: string },
  ownership: Ownership,
  caller: CanaryCaller,
): Needed {
  const { owners } = ownership;
  const proven = owners.filter(owner => isProven(ownership, owner));
  const either = [...new Set([entityRef, ...owners])];
  switch (action) {
    case 'approve':
      return { permission: aiMeshCanaryApprovePermission, on: proven };
    case 'reject':
      return { permission: aiMeshCanaryApprovePermission, on: either };
    case 'cancel':
      return caller.ref === requestedBy
        ? { permission: aiMeshCanaryRequestPermission, on: [entityRef] }
        : { permission: aiMeshCanaryControlPermission, on: either };
    case 'cleanUp':
      return { permission: aiMeshCanaryCleanUpPermission, on: proven };
    case 'undoCleanUp':
      return { permission: aiMeshCanaryCleanUpPermission, on: either };
    case 'pause':
    case 'rollBack':
      return { permission: aiMeshCanaryControlPermission, on: either };
    default:
      return { permission: aiMeshCanaryControlPermission, on: proven };
  }
}
