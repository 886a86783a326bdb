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

/** The parameter of a screen's address that names the row to open. @public */
export const ROW_PARAMETER = 'row';

/**
 * The path of one row of a screen: a finding by its id, an objective, a certificate.
 *
 * @param screen - the element of the path below the tab
 * @param row - what names the row on that screen
 * @public
 */
export function entityRow(
  entityRef: string,
  screen: string,
  row: string,
): string {
  return `${entityPage(entityRef, screen)}?${new URLSearchParams({ [ROW_PARAMETER]: row })}`;
}
