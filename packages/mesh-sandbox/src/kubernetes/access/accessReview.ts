import { Request } from 'express';
import { textAt } from '../../store/fieldAt';
import { readBody } from '../request/readBody';
import { Access, User } from './Access';

const apiVersion = 'authorization.k8s.io/v1';

/** `SelfSubjectAccessReview`: may the one who asks do this? */
export function accessReview(access: Access, user: User, request: Request) {
  const review = readBody(request);
  const asked = (field: string) =>
    textAt(review, `spec.resourceAttributes.${field}`) || undefined;
  const allowed = access.may(user, {
    verb: asked('verb') ?? '',
    group: asked('group') ?? '',
    resource: asked('resource') ?? '',
    subresource: asked('subresource'),
    namespace: asked('namespace'),
    name: asked('name'),
  });
  return {
    ...(review as object),
    kind: 'SelfSubjectAccessReview',
    apiVersion,
    status: allowed
      ? { allowed, reason: `the sandbox lets the ${user.role} do this` }
      : { allowed },
  };
}

/** `SelfSubjectRulesReview`: what may the one who asks do? Denials set on the sandbox do not show in it. */
export function rulesReview(user: User, request: Request) {
  const verbs = { reader: ['get', 'list', 'watch'], writer: ['*'], nobody: [] };
  return {
    ...(readBody(request) as object),
    kind: 'SelfSubjectRulesReview',
    apiVersion,
    status: {
      resourceRules: verbs[user.role].length
        ? [{ verbs: verbs[user.role], apiGroups: ['*'], resources: ['*'] }]
        : [],
      nonResourceRules: [
        {
          verbs: ['get'],
          nonResourceURLs: ['/api', '/api/*', '/apis', '/apis/*', '/version'],
        },
      ],
      // Rights that were taken away at run time cannot be told in RBAC's rules.
      incomplete: true,
    },
  };
}
