import TextField, { type TextFieldProps } from '@material-ui/core/TextField';
import { useId } from 'react';

/** One labelled text, with its help or what is wrong with it. */
export function Field(
  props: Pick<
    TextFieldProps,
    'multiline' | 'required' | 'disabled' | 'inputProps' | 'fullWidth'
  > & {
    label: string;
    value: string;
    help?: string;
    error?: string;
    onChange: (value: string) => void;
  },
) {
  const { label, value, help, error, onChange, ...rest } = props;
  const id = useId();
  return (
    <TextField
      {...rest}
      id={id}
      size="small"
      variant="outlined"
      label={label}
      value={value}
      error={error !== undefined}
      helperText={error ?? help}
      onChange={event => onChange(event.target.value)}
    />
  );
}
