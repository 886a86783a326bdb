import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { DateTime } from 'luxon';
import { useId, useState } from 'react';
import { useMoment, useNow } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { Choice } from './Choice';

const choices = ['now', 'hour', 'yesterday', 'date'] as const;
type MomentName = (typeof choices)[number];

const useStyles = makeStyles(theme => ({
  // The secondary colour, which labels have, is too pale on the page's ground.
  label: { color: theme.palette.text.primary },
}));

/** The moment of the screen's figures: now, or one that has been; kept in the address, so that a link shows the same. */
export function MomentChoice() {
  const { t } = useAiMeshTranslation();
  const [at, setAt] = useMoment();
  const [chosen, setChosen] = useState<MomentName>(at ? 'date' : 'now');
  const classes = useStyles();
  const now = useNow();
  const id = useId();
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
        <TextField
          id={id}
          type="datetime-local"
          size="small"
          variant="outlined"
          label={t('moment.time')}
          InputLabelProps={{ shrink: true, className: classes.label }}
          inputProps={{ max: localTime(now.toISOString()) }}
          value={localTime(at)}
          onChange={event => {
            const time = DateTime.fromISO(event.target.value);
            // Half-typed times are none yet.
            if (time.isValid && time.toMillis() <= Date.now()) {
              setChosen('date');
              setAt(time.toUTC().toISO() ?? '');
            }
          }}
        />
      )}
    </>
  );
}

/** As the field for a date and a time has it: in the reader's zone, to the minute. */
function localTime(iso: string): string {
  return DateTime.fromISO(iso).toFormat("yyyy-MM-dd'T'HH:mm");
}
