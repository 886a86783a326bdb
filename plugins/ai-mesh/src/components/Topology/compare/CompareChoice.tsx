import { DateTime } from 'luxon';
import { useAiMeshTranslation } from '../../../translation';
import { Choice, MomentField } from '../../Screen';
import { useComparedMoment } from './useComparedMoment';

const choices = ['nothing', 'hour', 'day', 'date'] as const;
type Choices = (typeof choices)[number];

/** What the graph is compared with. */
export function CompareChoice() {
  const { t } = useAiMeshTranslation();
  const [compared, setCompared] = useComparedMoment();
  const chosen: Choices =
    compared === ''
      ? 'nothing'
      : (choices.find(choice => choice === compared) ?? 'date');
  return (
    <>
      <Choice
        label={t('compare.label')}
        value={chosen}
        options={choices.map(value => ({
          value,
          label: t(`compare.with.${value}`),
        }))}
        onChange={next =>
          setCompared(
            {
              nothing: '',
              hour: 'hour',
              day: 'day',
              date: DateTime.utc()
                .minus({ hours: 1 })
                .startOf('minute')
                .toISO(),
            }[next],
          )
        }
      />
      {chosen === 'date' && (
        <MomentField
          label={t('compare.time')}
          value={compared}
          onChange={setCompared}
        />
      )}
    </>
  );
}
