import { MINE } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { FleetCard } from './FleetCard';

/** The reader's own services in the mesh. */
export function HomeFleetCard() {
  const { t } = useAiMeshTranslation();
  return <FleetCard title={t('fleet.card.mine')} choices={{ owner: MINE }} />;
}
