import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { DateTime } from 'luxon';
import { useId } from 'react';
import { useNow } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { Choice } from './Choice';

const useStyles = makeStyles(theme => ({
  // The secondary colour, which labels have, is too pale on the page's ground.
  label: { color: theme.palette.text.primary },
}));

const localTime = (time: DateTime) => time.toFormat("yyyy-MM-dd'T'HH:mm");

const written = (time: DateTime) => time.toUTC().toISO() ?? '';

/**
 * The moments that have been with this date and time in the reader's zone: two where the clocks went back, none as long as
 * it is half typed.
 */
function pastTimes(local: string): DateTime[] {
  const time = DateTime.fromISO(local);
  return time.isValid
    ? time
        .getPossibleOffsets()
        .filter(one => one.toMillis() <= DateTime.now().toMillis())
    : [];
}

/** A moment that has been, by date and time in the reader's zone, to the minute. */
export function MomentField(props: {
  label: string;
  /** ISO 8601. */
  value: string;
  onChange: (at: string) => void;
}) {
  const { label, value, onChange } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const now = useNow();
  const id = useId();
  const time = DateTime.fromISO(value);
  const sameClock = time.getPossibleOffsets();
  return (
    <>
      <TextField
        id={id}
        type="datetime-local"
        size="small"
        variant="outlined"
        label={label}
        InputLabelProps={{ shrink: true, className: classes.label }}
        inputProps={{ max: localTime(DateTime.fromJSDate(now)) }}
        value={localTime(time)}
        onChange={event => {
          const been = pastTimes(event.target.value);
          const chosen =
            been.find(({ offset }) => offset === time.offset) ?? been.at(0);
          if (chosen) {
            onChange(written(chosen));
          }
        }}
      />
      {sameClock.length > 1 && (
        <Choice
          label={t('moment.twice')}
          value={written(time)}
          onChange={onChange}
          options={sameClock.map((one, index) => ({
            value: written(one),
            label: t(index === 0 ? 'moment.twice.first' : 'moment.twice.last', {
              offset: one.toFormat("'UTC'Z"),
            }),
          }))}
        />
      )}
    </>
  );
}
