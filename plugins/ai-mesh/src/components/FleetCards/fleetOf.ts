import { joinValues } from '@ai-mesh/plugin-ai-mesh-common';
import {
  RELATION_MEMBER_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { FleetChoices } from '../../hooks';

/** Which services are an entity's own. A user's are those of the groups that the user is a member of, too. */
export function fleetOf(
  entity: Entity,
): Pick<FleetChoices, 'owner' | 'system'> {
  const ref = stringifyEntityRef(entity);
  const { kind, relations = [] } = entity;
  switch (kind.toLocaleLowerCase('en-US')) {
    case 'system':
      return { system: ref };
    case 'user': {
      const groups = relations
        .filter(({ type }) => type === RELATION_MEMBER_OF)
        .map(({ targetRef }) => targetRef);
      return { owner: joinValues([...new Set([ref, ...groups])]) };
    }
    default:
      return { owner: ref };
  }
}
