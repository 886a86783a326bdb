import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { parseEntityPath } from '../parseEntityPath';

/**
 * Reads an entity reference that a body holds; the namespace may be left out.
 *
 * @throws InputError that shows a right one
 */
export function parseEntityRefText(text: string): string {
  const parts = /^([^:/]+):(?:([^:/]+)\/)?([^:/]+)$/.exec(text);
  if (!parts) {
    throw new InputError(
      'entityRef: An entity reference is written like component:default/my-service.',
    );
  }
  const [, kind, namespace = 'default', name] = parts;
  return stringifyEntityRef(parseEntityPath({ kind, namespace, name }).ref);
}
