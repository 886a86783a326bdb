import type {
  BackstageServicePrincipal,
  BackstageUserPrincipal,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { RequestHandler } from 'express';
import { onBehalfOf } from '../../target/asker';
import { RequestLimits, type Limit } from './RequestLimits';

export interface LimitOptions {
  /** By one person. */
  user: Limit;
  /** By one person of one entity. */
  entity: Limit;
  /** By one service, such as another backend plugin. */
  service: Limit;
}

/** More was asked than one asker may; Backstage answers with the status code. */
class TooManyRequestsError extends Error {
  readonly statusCode = 429;

  constructor(message: string) {
    super(message);
    this.name = 'TooManyRequestsError';
  }
}

const ENTITY = /^\/entities\/([^/]+)\/([^/]+)\/([^/]+)\//i;

/**
 * Stands before all routes: whoever asks too much is told when to ask again, and what is asked of sources is asked on
 * behalf of that person or service. Nobody is let in without credentials.
 */
export function limitRequests(
  httpAuth: HttpAuthService,
  options: LimitOptions,
): RequestHandler {
  const limits = new RequestLimits(Date.now);
  return async (request, response, next) => {
    const { principal } = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const keys = keysOf(principal, ENTITY.exec(request.path), options);
    const admission = limits.admit(keys);
    if (!admission.admitted) {
      response.set('Retry-After', String(admission.retryAfterSeconds));
      throw new TooManyRequestsError(
        `You have asked more than ${admission.limit} (aiMesh.limits). Ask again in ${admission.retryAfterSeconds} s.`,
      );
    }
    response.once('close', admission.release);
    onBehalfOf(keys[0].key, next);
  };
}

function keysOf(
  principal: BackstageUserPrincipal | BackstageServicePrincipal,
  entity: RegExpExecArray | null,
  { user, entity: ofEntity, service }: LimitOptions,
): { key: string; limit: Limit }[] {
  if (principal.type === 'service') {
    return [{ key: `service ${principal.subject}`, limit: service }];
  }
  const key = `user ${principal.userEntityRef}`;
  return [
    { key, limit: user },
    ...(entity
      ? [
          {
            key: `${key} ${entityKey(entity.slice(1))}`,
            limit: ofEntity,
          },
        ]
      : []),
  ];
}

/** One key for every way to write the entity's parts: routes decode them, and the catalog takes either case. */
function entityKey(parts: readonly string[]): string {
  return JSON.stringify(
    parts.map(part => decoded(part).toLocaleLowerCase('en-US')),
  );
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // No route takes such a part: it is refused there, and counted as it was written.
    return part;
  }
}
