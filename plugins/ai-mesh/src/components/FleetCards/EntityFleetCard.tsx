import { useEntity } from '@backstage/plugin-catalog-react';
import { useAiMeshTranslation } from '../../translation';
import { FleetCard } from './FleetCard';
import { fleetOf } from './fleetOf';

/** The services in the mesh of a group or user, by who owns them, or of a system. */
export function EntityFleetCard() {
  const { entity } = useEntity();
  const { t } = useAiMeshTranslation();
  return <FleetCard title={t('fleet.card.title')} choices={fleetOf(entity)} />;
}
