import { useAiMeshTranslation } from '../../../translation';
import { Choice } from '../../Screen';
import { groupings } from './Groups';
import { useGrouping } from './useGroups';

/** What services are grouped by. */
export function GroupChoice() {
  const { t } = useAiMeshTranslation();
  const { grouping, setGrouping } = useGrouping();
  return (
    <Choice
      label={t('topology.group.label')}
      value={grouping}
      onChange={setGrouping}
      options={groupings.map(value => ({
        value,
        label: t(`topology.group.${value}`),
      }))}
    />
  );
}
