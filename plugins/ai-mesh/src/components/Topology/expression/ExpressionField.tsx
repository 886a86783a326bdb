import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { useId } from 'react';
import { useTones } from '../../../theme';
import { useAiMeshTranslation } from '../../../translation';
import type { Parsed } from './Expression';
import { mistakeSentence } from './mistakeSentence';

const useStyles = makeStyles(theme => ({
  // The secondary colour, which labels have, is too pale on the page's ground.
  label: { color: theme.palette.text.primary },
  field: { width: 170 },
  // Room for a sentence.
  wrong: { width: 400 },
}));

/** Where an expression is written; what it comes to, or where it cannot be read, is said below it. */
export function ExpressionField(props: {
  label: string;
  value: string;
  parsed: Parsed;
  /** What it comes to, in words. */
  outcome?: string;
  onChange: (written: string) => void;
  onEnter?: () => void;
}) {
  const { label, value, parsed, outcome, onChange, onEnter } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const tones = useTones();
  const id = useId();
  const wrong = parsed.status === 'wrong';
  // The theme's red is too pale on the page's ground.
  const style = wrong ? { color: tones.failing.text } : undefined;
  const said = wrong ? mistakeSentence(parsed.mistake, t) : outcome;
  return (
    <TextField
      id={id}
      className={wrong ? classes.wrong : classes.field}
      type="search"
      size="small"
      variant="outlined"
      label={label}
      title={t('topology.expression.help')}
      InputLabelProps={{ className: classes.label, style }}
      inputProps={{ spellCheck: false, autoCapitalize: 'off' }}
      FormHelperTextProps={{ 'aria-live': 'polite', style } as object}
      error={wrong}
      helperText={said}
      value={value}
      onChange={event => onChange(event.target.value)}
      onKeyDown={event => {
        if (event.key === 'Enter') {
          onEnter?.();
        }
      }}
    />
  );
}
