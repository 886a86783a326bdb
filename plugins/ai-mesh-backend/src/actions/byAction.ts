import type { AuditedWay, CallerCredentials } from '../http';

/** How the auditor is told of an act that came without a request of its own. */
export function byAction(
  action: string,
  { principal }: CallerCredentials,
): AuditedWay {
  return {
    meta: {
      action,
      actor:
        principal.type === 'user' ? principal.userEntityRef : principal.subject,
      ...(principal.type === 'user' &&
        principal.actor && { through: principal.actor.subject }),
    },
  };
}
