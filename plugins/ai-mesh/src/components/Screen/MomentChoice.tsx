import { DateTime } from 'luxon';
import { useState } from 'react';
import { useMoment } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { Choice } from './Choice';
import { MomentField } from './MomentField';

const choices = ['now', 'hour', 'yesterday', 'date'] as const;
type MomentName = (typeof choices)[number];

/** The moment of the screen's figures: now, or one that has been; kept in the address, so that a link shows the same. */
export function MomentChoice() {
  const { t } = useAiMeshTranslation();
  const [at, setAt] = useMoment();
  const [chosen, setChosen] = useState<MomentName>(at ? 'date' : 'now');
  const choose = (name: MomentName) => {
    setChosen(name);
    const then = {
      now: undefined,
      hour: DateTime.now().minus({ hours: 1 }),
      yesterday: DateTime.now().minus({ days: 1 }),
      date: at ? DateTime.fromISO(at) : DateTime.now().minus({ hours: 1 }),
    }[name];
    setAt(then?.toUTC().startOf('second').toISO() ?? '');
  };
  // The address may have changed by itself: back to now, or to a linked moment.
  const shown = at === '' ? 'now' : chosen;
  return (
    <>
      <Choice
        label={t('moment.label')}
        value={at !== '' && shown === 'now' ? 'date' : shown}
        onChange={choose}
        options={choices.map(value => ({
          value,
          label: t(`moment.${value}`),
        }))}
      />
      {at !== '' && (
        <MomentField
          label={t('moment.time')}
          value={at}
          onChange={time => {
            setChosen('date');
            setAt(time);
          }}
        />
      )}
    </>
  );
}
