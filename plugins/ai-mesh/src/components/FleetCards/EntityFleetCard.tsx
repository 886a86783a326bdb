import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useAiMeshTranslation } from '../../translation';
import { FleetCard } from './FleetCard';

/** The services in the mesh of a group or user, by who owns them, or of a system. */
export function EntityFleetCard() {
  const { entity } = useEntity();
  const { t } = useAiMeshTranslation();
  const ref = stringifyEntityRef(entity);
  return (
    <FleetCard
      title={t('fleet.card.title')}
      choices={
        entity.kind.toLocaleLowerCase('en-US') === 'system'
          ? { system: ref }
          : { owner: ref }
      }
    />
  );
}
