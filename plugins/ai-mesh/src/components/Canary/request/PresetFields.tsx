import type { CanaryPower, CanaryPreset } from '@ai-mesh/plugin-ai-mesh-common';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { canaryPlanWeights } from '@ai-mesh/plugin-ai-mesh-common';
import { useFormat } from '../../../format';
import { useTones } from '../../../theme';
import { between } from '../../Figures';
import { gateTitle } from '../gates/gateName';
import { aboutRequests, aboutSeconds } from '../preflight/about';

const useStyles = makeStyles(theme => ({
  presets: { gap: theme.spacing(0.5) },
  preset: { alignItems: 'flex-start' },
  said: { padding: theme.spacing(1, 0) },
}));

const OWN = '';

/** Plans to choose from by name, with what each comes to at today's traffic. */
export function PresetFields(props: {
  presets: readonly CanaryPreset[];
  /** None: the plan is somebody's own. */
  chosen: CanaryPreset | undefined;
  /** What is expected of each, by its name, as far as it is known. */
  powers: ReadonlyMap<string, CanaryPower | undefined>;
  onChoose: (preset: CanaryPreset) => void;
  /** Somebody wants a plan of their own. */
  onOwn: () => void;
}) {
  const { presets, chosen, powers, onChoose, onOwn } = props;
  const { t, language, format } = useFormat();
  const { degraded } = useTones();
  const classes = useStyles();
  const choose = (name: string) => {
    const preset = presets.find(one => one.name === name);
    if (preset) {
      onChoose(preset);
    } else {
      onOwn();
    }
  };
  const expected = (name: string) => {
    const power = powers.get(name);
    if (!power) {
      return null;
    }
    const { noWorse, failing } = power;
    return noWorse.outcome === 'promoted' ? (
      <Typography variant="body2" color="textSecondary">
        {t('canary.preset.expected', {
          duration: aboutSeconds(noWorse.seconds, format),
          requests: aboutRequests(noWorse.requests, format),
        })}
        {between(t)}
        {failing.outcome === 'rolledBack' &&
          t('canary.preset.notices', {
            share: format.percent(failing.errorRatio),
            duration: aboutSeconds(failing.seconds, format),
          })}
      </Typography>
    ) : (
      <Typography variant="body2" style={{ color: degraded.text }}>
        {t('canary.preset.undecided', {
          weight: format.percent(noWorse.percent / 100),
        })}
      </Typography>
    );
  };
  return (
    <RadioGroup
      className={classes.presets}
      aria-label={t('canary.preset.title')}
      value={chosen?.name ?? OWN}
      onChange={event => choose(event.target.value)}
    >
      {presets.map(({ name, title, plan }) => (
        <FormControlLabel
          key={name}
          className={classes.preset}
          value={name}
          control={<Radio color="primary" size="small" />}
          label={
            <div className={classes.said}>
              <Typography variant="body2">
                <strong>{gateTitle(title, language)}</strong>
                {' · '}
                {t('canary.preset.plan', {
                  steps: canaryPlanWeights(plan)
                    .map(weight => format.percent(weight / 100))
                    .join(' → '),
                  interval: format.duration(plan.intervalSeconds * 1000),
                  confidence: format.percent(plan.confidence),
                })}
              </Typography>
              {expected(name)}
            </div>
          }
        />
      ))}
      <FormControlLabel
        className={classes.preset}
        value={OWN}
        control={<Radio color="primary" size="small" />}
        label={
          <Typography variant="body2" className={classes.said}>
            {t('canary.preset.own')}
          </Typography>
        }
      />
    </RadioGroup>
  );
}
