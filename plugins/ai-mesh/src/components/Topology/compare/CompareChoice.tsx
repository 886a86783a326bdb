import { DateTime } from 'luxon';
import { useAiMeshTranslation } from '../../../translation';
import { Choice, MomentField } from '../../Screen';
import { VERSIONS } from './compareVersions';
import { StepChoice } from './StepChoice';
import { STEP, useComparedMoment } from './useComparedMoment';
import { VersionsChoice } from './VersionsChoice';

const choices = ['nothing', 'hour', 'day', 'date', 'step', 'versions'] as const;
type Choices = (typeof choices)[number];

/** What the graph is compared with. */
export function CompareChoice(props: {
  /** Those that calls tell apart; undefined as long as there is no answer. */
  versions: readonly string[] | undefined;
}) {
  const { t } = useAiMeshTranslation();
  const [compared, setCompared] = useComparedMoment();
  const chosen = chosenBy(compared);
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
              step: STEP,
              versions: VERSIONS,
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
      {chosen === 'step' && <StepChoice />}
      {chosen === 'versions' && <VersionsChoice versions={props.versions} />}
    </>
  );
}

function chosenBy(compared: string): Choices {
  if (compared === '') {
    return 'nothing';
  }
  if (compared.startsWith(VERSIONS)) {
    return 'versions';
  }
  return compared.startsWith(STEP)
    ? 'step'
    : (choices.find(choice => choice === compared) ?? 'date');
}
