import { parseEntityRef } from '@backstage/catalog-model';

/**
 * The path of an entity's tab in the portal, from the portal's root: what a link in a message leads to.
 *
 * @param screen - the elements of the path below the tab: `canary`, the canary's id
 * @public
 */
export function entityPage(entityRef: string, ...screen: string[]): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const path = [namespace, kind, name, 'ai-mesh', ...screen];
  return `/catalog/${path.map(encodeURIComponent).join('/')}`;
}
