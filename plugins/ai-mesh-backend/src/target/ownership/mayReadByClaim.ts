import type { Ownership } from './Ownership';
import type { OwnershipSettings } from './OwnershipSettings';

/**
 * Whether something may be shown to a reader as an entity's that claims it.
 *
 * @param readable - whether the reader may see an entity's mesh
 */
export function mayReadByClaim(
  { owners, rule, claims, unseen }: Ownership,
  entityRef: string,
  settings: Pick<OwnershipSettings, 'claims'>,
  readable: (entityRef: string) => boolean,
): boolean {
  if (settings.claims === 'any' || owners.includes(entityRef)) {
    return true;
  }
  if (rule !== undefined) {
    return owners.some(readable);
  }
  return (
    settings.claims === 'unowned' &&
    // While nobody can see whose it is, it is nobody's against whom another entity stands.
    !(unseen && claims.some(other => other !== entityRef))
  );
}
