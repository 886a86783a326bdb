import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { useId } from 'react';

const useStyles = makeStyles(theme => ({
  // The secondary colour, which labels have, is too pale on some grounds.
  label: { color: theme.palette.text.primary },
}));

/** A line, or some, of the form. */
export function QuestionField(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  width?: number;
  required?: boolean;
  multiline?: boolean;
  /** What the browser accepts. */
  pattern?: string;
  /** Of a datalist with suggestions. */
  listId?: string;
}) {
  const { label, value, onChange, width, pattern, listId } = props;
  const classes = useStyles();
  const id = useId();
  return (
    <TextField
      id={id}
      size="small"
      variant="outlined"
      label={label}
      value={value}
      onChange={event => onChange(event.target.value)}
      required={props.required}
      multiline={props.multiline}
      style={{ width }}
      inputProps={{ pattern, list: listId, spellCheck: false }}
      InputLabelProps={{ className: classes.label }}
    />
  );
}
