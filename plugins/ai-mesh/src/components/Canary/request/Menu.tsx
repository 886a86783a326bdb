import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { type ReactNode, useId } from 'react';

/** A labelled choice of one among few. */
export function Menu(props: {
  label: string;
  value: string;
  options: Array<{ value: string; label: string }>;
  help?: string;
  error?: ReactNode;
  required?: boolean;
  onChange: (value: string) => void;
}) {
  const { label, value, options, help, error, required, onChange } = props;
  const id = useId();
  return (
    <TextField
      id={id}
      select
      size="small"
      variant="outlined"
      label={label}
      value={value}
      error={error !== undefined}
      helperText={error ?? help}
      required={required}
      disabled={options.length === 0}
      onChange={event => onChange(event.target.value)}
      SelectProps={{
        SelectDisplayProps: {
          id: `${id}-shown`,
          // Weights stand at the end of a route's name: it is longer rather than cut off.
          style: { whiteSpace: 'normal' },
        },
      }}
      InputLabelProps={{ id: `${id}-label`, htmlFor: `${id}-shown` }}
    >
      {options.map(option => (
        <MenuItem key={option.value} value={option.value}>
          {option.label}
        </MenuItem>
      ))}
    </TextField>
  );
}
