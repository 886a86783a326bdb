import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { worded } from '../../worded';
import { parseEntityPath } from '../parseEntityPath';

/**
 * Reads an entity reference that a body holds; the namespace may be left out.
 *
 * @throws InputError that shows a right one
 */
export function parseEntityRefText(text: string): string {
  const parts = /^([^:/]+):(?:([^:/]+)\/)?([^:/]+)$/.exec(text);
  if (!parts) {
    throw worded(InputError, wording('request.entityRef'));
  }
  const [, kind, namespace = 'default', name] = parts;
  return stringifyEntityRef(parseEntityPath({ kind, namespace, name }).ref);
}
