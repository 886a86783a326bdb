import type { Entity } from '@backstage/catalog-model';
import type { CheckFilter } from './CheckRule';

/** Whether a check concerns an entity. */
export function appliesTo(
  { kinds, types, lifecycles, tags }: CheckFilter,
  { kind, spec, metadata }: Entity,
): boolean {
  const among = (wanted: readonly string[] | undefined, value: unknown) =>
    !wanted ||
    wanted.some(
      one =>
        typeof value === 'string' && one === value.toLocaleLowerCase('en-US'),
    );
  return (
    among(kinds, kind) &&
    among(types, spec?.type) &&
    among(lifecycles, spec?.lifecycle) &&
    (!tags || (metadata.tags ?? []).some(tag => among(tags, tag)))
  );
}
