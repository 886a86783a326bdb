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

const localTime = (time: DateTime) =>
  time.isValid ? time.toFormat("yyyy-MM-dd'T'HH:mm") : '';

const written = (time: DateTime) => time.toUTC().toISO() ?? '';

/**
 * The moments with this date and time in the reader's zone: two where the clocks go back, none as long as it is half typed.
 */
function momentsAt(local: string): DateTime[] {
  const time = DateTime.fromISO(local);
  return time.isValid ? time.getPossibleOffsets() : [];
}

/**
 * A moment by date and time in the reader's zone, to the minute. Of an hour that comes twice it asks which of the two is
 * meant.
 */
export function LocalTimeField(props: {
  label: string;
  /** ISO 8601; empty where there is none yet. */
  value: string;
  /** Only a moment that has been. */
  past?: boolean;
  error?: string;
  /** @param at - ISO 8601; empty as long as there is no such moment */
  onChange: (at: string) => void;
}) {
  const { label, value, past, error, onChange } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const now = useNow();
  const id = useId();
  const time = DateTime.fromISO(value);
  const sameClock = time.isValid ? time.getPossibleOffsets() : [];
  const choose = (local: string) => {
    const possible = momentsAt(local).filter(
      one => !past || one.toMillis() <= DateTime.now().toMillis(),
    );
    const chosen =
      possible.find(({ offset }) => offset === time.offset) ?? possible.at(0);
    onChange(chosen ? written(chosen) : '');
  };
  return (
    <>
      <TextField
        id={id}
        type="datetime-local"
        size="small"
        variant="outlined"
        label={label}
        error={error !== undefined}
        helperText={error}
        InputLabelProps={{ shrink: true, className: classes.label }}
        inputProps={
          past ? { max: localTime(DateTime.fromJSDate(now)) } : undefined
        }
        value={localTime(time)}
        onChange={event => choose(event.target.value)}
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
