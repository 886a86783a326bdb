import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { DateTime } from 'luxon';
import { useId } from 'react';
import { useNow } from '../../hooks';

const useStyles = makeStyles(theme => ({
  // The secondary colour, which labels have, is too pale on the page's ground.
  label: { color: theme.palette.text.primary },
}));

/** A moment that has been, by date and time in the reader's zone, to the minute. */
export function MomentField(props: {
  label: string;
  /** ISO 8601. */
  value: string;
  onChange: (at: string) => void;
}) {
  const { label, value, onChange } = props;
  const classes = useStyles();
  const now = useNow();
  const id = useId();
  return (
    <TextField
      id={id}
      type="datetime-local"
      size="small"
      variant="outlined"
      label={label}
      InputLabelProps={{ shrink: true, className: classes.label }}
      inputProps={{ max: localTime(now.toISOString()) }}
      value={localTime(value)}
      onChange={event => {
        const time = DateTime.fromISO(event.target.value);
        // Half-typed times are none yet.
        if (time.isValid && time.toMillis() <= Date.now()) {
          onChange(time.toUTC().toISO() ?? '');
        }
      }}
    />
  );
}

function localTime(iso: string): string {
  return DateTime.fromISO(iso).toFormat("yyyy-MM-dd'T'HH:mm");
}
