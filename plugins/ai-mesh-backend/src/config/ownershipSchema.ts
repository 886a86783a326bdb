import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { z } from 'zod';
import { text } from './schemaParts';

/** Entity references in full, from one or several; a name alone is a group's. */
const owners = z.unknown().transform((value, context) => {
  try {
    const refs = [value].flat().map(one =>
      stringifyEntityRef(
        parseEntityRef(one as string, {
          defaultKind: 'group',
          defaultNamespace: 'default',
        }),
      ),
    );
    if (refs.length > 0) {
      return refs;
    }
  } catch {
    // What is no reference is said below, and not repeated.
  }
  context.addIssue({
    code: 'custom',
    message:
      'must be one or several entity references, such as group:default/ai-team',
  });
  return z.NEVER;
});

/** `aiMesh.ownership` */
export const ownership = z
  .strictObject({
    claims: z.enum(['any', 'unowned', 'none']).default('unowned'),
    namespaces: z
      .array(
        z.strictObject({
          cluster: text.optional(),
          namespace: text.regex(
            /^([a-z0-9][-a-z0-9]*\*?|\*)$/,
            'must be the name of a namespace, or its beginning and a * at the end',
          ),
          owner: owners,
        }),
      )
      .default([]),
    trustedLocations: z
      .array(
        text.regex(
          /^(url|file|[a-z-]+):./,
          'must be a location as the catalog writes it, such as url:https://github.com/acme/catalog/blob/main/ or url:https://github.com/acme/catalog/tree/main/',
        ),
      )
      .default([]),
    mostServices: z.number().int().min(1).max(10_000).default(50),
  })
  .prefault({});
