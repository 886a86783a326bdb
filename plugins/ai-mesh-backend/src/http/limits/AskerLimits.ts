import { inEnglish, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import type {
  BackstageServicePrincipal,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { onBehalfOf } from '../../target/asker';
import { wordingWith } from '../../worded';
import { RequestLimits, type Limit } from './RequestLimits';

export interface AskerLimitOptions {
  /** By one person. */
  user: Limit;
  /** By one person of one entity. */
  entity: Limit;
  /** By one service, such as another backend plugin. */
  service: Limit;
}

/** Whoever may ask at all. */
export type Asker = BackstageUserPrincipal | BackstageServicePrincipal;

/** More was asked than one asker may; Backstage answers with the status code. */
export class TooManyRequestsError extends Error {
  readonly statusCode = 429;
  readonly retryAfterSeconds: number;

  readonly words: Words[];

  constructor(limit: Words, retryAfterSeconds: number) {
    const words = [
      wordingWith('request.limit', { limit, seconds: retryAfterSeconds }),
    ];
    super(inEnglish(words));
    this.name = 'TooManyRequestsError';
    this.words = words;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** How much each asker may ask, whichever way they ask. */
export class AskerLimits {
  readonly #options: AskerLimitOptions;
  readonly #limits = new RequestLimits(Date.now);

  constructor(options: AskerLimitOptions) {
    this.#options = options;
  }

  /**
   * Takes a place, to be given back when the answer is out.
   *
   * @param entity - kind, namespace and name of the entity that is asked about
   * @throws TooManyRequestsError
   */
  admit(
    principal: Asker,
    entity?: readonly string[],
  ): { asker: string; release(): void } {
    const keys = this.#keysOf(principal, entity);
    const admission = this.#limits.admit(keys);
    if (!admission.admitted) {
      throw new TooManyRequestsError(
        admission.limit,
        admission.retryAfterSeconds,
      );
    }
    return { asker: keys[0].key, release: admission.release };
  }

  /**
   * Does what somebody asks for within their limits, and on their behalf.
   *
   * @throws TooManyRequestsError, and whatever the work throws
   */
  async run<T>(
    principal: Asker,
    entity: readonly string[] | undefined,
    work: () => Promise<T>,
  ): Promise<T> {
    const { asker, release } = this.admit(principal, entity);
    try {
      return await onBehalfOf(asker, work);
    } finally {
      release();
    }
  }

  #keysOf(
    principal: Asker,
    entity: readonly string[] | undefined,
  ): { key: string; limit: Limit }[] {
    const { user, entity: ofEntity, service } = this.#options;
    if (principal.type === 'service') {
      return [{ key: `service ${principal.subject}`, limit: service }];
    }
    const key = `user ${principal.userEntityRef}`;
    return [
      { key, limit: user },
      ...(entity
        ? [{ key: `${key} ${entityKey(entity)}`, limit: ofEntity }]
        : []),
    ];
  }
}

/** One key for every way to write the entity's parts: the catalog takes either case. */
function entityKey(parts: readonly string[]): string {
  return JSON.stringify(parts.map(part => part.toLocaleLowerCase('en-US')));
}
