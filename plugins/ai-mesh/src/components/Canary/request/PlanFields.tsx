import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormGroup from '@material-ui/core/FormGroup';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../../format';
import { Field } from './Field';
import { fieldMessage } from './fieldMessages';
import {
  type DraftIssues,
  numberOf,
  type PlanDraft,
  weightsOf,
} from './planDraft';

export const useFieldStyles = makeStyles(theme => {
  const fields = {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))',
    gap: theme.spacing(2),
  } as const;
  return {
    fields,
    /** Fields of a switch, with room for their own labels. */
    below: { ...fields, margin: theme.spacing(1.5, 0, 1) },
  };
});

/** What every group of fields works on. */
export interface DraftProps {
  draft: PlanDraft;
  issues: DraftIssues | undefined;
  /** What the chosen service's cluster takes for four scrapes, seconds. */
  leastIntervalSeconds?: number;
  onChange: (change: Partial<PlanDraft>) => void;
}

type TextKey = {
  [K in keyof PlanDraft]: PlanDraft[K] extends string ? K : never;
}[keyof PlanDraft];

/** The stairs: how far at once, how long on each, and which wait for a person. */
export function PlanFields(props: DraftProps) {
  const { draft, issues, leastIntervalSeconds, onChange } = props;
  const { t, format } = useFormat();
  const classes = useFieldStyles();
  const weights = weightsOf(draft);
  const confirmable = draft.headerPhase ? weights : weights.slice(1);
  const seconds = (text: string) => {
    const value = numberOf(text);
    return value >= 120
      ? t('canary.form.that', { duration: format.duration(value * 1000) })
      : undefined;
  };
  const field = (key: Exclude<TextKey, 'mode'>, help?: string) => (
    <Field
      label={t(`canary.form.${key}`)}
      value={draft[key]}
      help={help}
      error={fieldMessage(key, issues, t, leastIntervalSeconds)}
      inputProps={{ inputMode: key === 'steps' ? 'text' : 'decimal' }}
      onChange={value => onChange({ [key]: value })}
    />
  );
  return (
    <>
      <RadioGroup
        row
        aria-label={t('canary.form.modes')}
        value={draft.mode}
        onChange={event =>
          onChange({ mode: event.target.value === 'named' ? 'named' : 'even' })
        }
      >
        {(['even', 'named'] as const).map(mode => (
          <FormControlLabel
            key={mode}
            value={mode}
            control={<Radio color="primary" size="small" />}
            label={t(`canary.form.mode.${mode}`)}
          />
        ))}
      </RadioGroup>
      <div className={classes.fields}>
        {draft.mode === 'even' ? (
          <>
            {field('initialWeight')}
            {field('stepWeight')}
            {field('targetWeight')}
          </>
        ) : (
          field('steps', t('canary.form.stepsHelp'))
        )}
      </div>
      <div className={classes.fields}>
        {field('intervalSeconds', seconds(draft.intervalSeconds))}
        {field('checkSeconds')}
        {field('longestHoldSeconds', seconds(draft.longestHoldSeconds))}
        {field('confidence', t('canary.form.confidenceHelp'))}
        {field('minRequests')}
        {field('failureLimit')}
      </div>
      {confirmable.length > 0 && (
        <div>
          <Typography variant="body2">{t('canary.form.confirm')}</Typography>
          <FormGroup row role="group" aria-label={t('canary.form.confirm')}>
            {confirmable.map(weight => (
              <FormControlLabel
                key={weight}
                control={
                  <Checkbox
                    color="primary"
                    size="small"
                    checked={draft.confirmBefore.includes(weight)}
                    onChange={(_, checked) =>
                      onChange({
                        confirmBefore: checked
                          ? [...draft.confirmBefore, weight]
                          : draft.confirmBefore.filter(w => w !== weight),
                      })
                    }
                  />
                }
                label={format.percent(weight / 100)}
              />
            ))}
          </FormGroup>
        </div>
      )}
    </>
  );
}
