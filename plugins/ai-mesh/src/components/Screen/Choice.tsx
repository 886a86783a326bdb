import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { useId } from 'react';

const useStyles = makeStyles(theme => ({
  // The secondary colour, which labels have, is too pale on the page's ground.
  label: { color: theme.palette.text.primary, whiteSpace: 'nowrap' },
}));

/** One of a few, by a labelled menu. */
export function Choice<T extends string>(props: {
  label: string;
  value: T;
  options: ReadonlyArray<{ value: T; label: string }>;
  onChange: (value: T) => void;
}) {
  const { label, value, options, onChange } = props;
  const id = useId();
  const classes = useStyles();
  return (
    <TextField
      id={id}
      select
      size="small"
      variant="outlined"
      label={label}
      // A short value must not squeeze the label above it.
      style={{ minWidth: `${label.length * 0.75}em` }}
      value={value}
      onChange={event => {
        const chosen = options.find(
          option => option.value === event.target.value,
        );
        if (chosen) {
          onChange(chosen.value);
        }
      }}
      SelectProps={{ SelectDisplayProps: { id: `${id}-shown` } }}
      InputLabelProps={{
        id: `${id}-label`,
        htmlFor: `${id}-shown`,
        className: classes.label,
      }}
    >
      {options.map(option => (
        <MenuItem key={option.value} value={option.value}>
          {option.label}
        </MenuItem>
      ))}
    </TextField>
  );
}
