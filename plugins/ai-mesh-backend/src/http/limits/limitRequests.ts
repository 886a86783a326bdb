import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { RequestHandler } from 'express';
import { onBehalfOf } from '../../target/asker';
import { TooManyRequestsError, type AskerLimits } from './AskerLimits';

const ENTITY = /^\/entities\/([^/]+)\/([^/]+)\/([^/]+)\//i;

/**
 * Stands before all routes: whoever asks too much is told when to ask again, and what is asked of sources is asked on
 * behalf of that person or service. Nobody is let in without credentials.
 */
export function limitRequests(
  httpAuth: HttpAuthService,
  limits: Pick<AskerLimits, 'admit'>,
): RequestHandler {
  return async (request, response, next) => {
    const { principal } = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const entity = ENTITY.exec(request.path)?.slice(1).map(decoded);
    try {
      const { asker, release } = limits.admit(principal, entity);
      response.once('close', release);
      onBehalfOf(asker, next);
    } catch (error) {
      if (error instanceof TooManyRequestsError) {
        response.set('Retry-After', String(error.retryAfterSeconds));
      }
      throw error;
    }
  };
}

/** As routes decode it. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // No route takes such a part: it is refused there, and counted as it was written.
    return part;
  }
}
