import TextField, { type TextFieldProps } from '@material-ui/core/TextField';
import { useId } from 'react';

/** One labelled text, with its help or what is wrong with it. */
export function Field(
  props: Pick<
    TextFieldProps,
    'multiline' | 'required' | 'type' | 'disabled' | 'inputProps' | 'fullWidth'
  > & {
    label: string;
    value: string;
    help?: string;
    error?: string;
    onChange: (value: string) => void;
  },
) {
  const { label, value, help, error, type, onChange, ...rest } = props;
  const id = useId();
  return (
    <TextField
      {...rest}
      id={id}
      size="small"
      variant="outlined"
      type={type}
      label={label}
      value={value}
      error={error !== undefined}
      helperText={error ?? help}
      InputLabelProps={type === 'datetime-local' ? { shrink: true } : undefined}
      onChange={event => onChange(event.target.value)}
    />
  );
}
