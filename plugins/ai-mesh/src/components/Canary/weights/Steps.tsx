import type { Canary } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import DoneIcon from '@material-ui/icons/Check';
import ConfirmIcon from '@material-ui/icons/PanTool';
import { useFormat } from '../../../format';
import { useTones } from '../../../theme';
import { Unseen } from '../../Marks';

const useStyles = makeStyles(theme => ({
  steps: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5),
    margin: 0,
    padding: 0,
    listStyle: 'none',
    '& li': {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 2,
      padding: theme.spacing(0.25, 1),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      fontVariantNumeric: 'tabular-nums',
    },
    '& svg': { fontSize: '1em' },
  },
}));

/** The steps of the plan on this route: taken, present, ahead, and which a person has to confirm. */
export function Steps(props: { canary: Canary }) {
  const { steps, step, plan } = props.canary;
  const { t, format } = useFormat();
  const { accent } = useTones();
  const classes = useStyles();
  const present =
    step < 0
      ? t('canary.steps.before', { total: String(steps.length) })
      : t('canary.steps.present', {
          number: String(step + 1),
          total: String(steps.length),
        });
  return (
    <div>
      <Typography variant="body2" gutterBottom>
        {present}
      </Typography>
      <Typography
        variant="body2"
        component="ol"
        className={classes.steps}
        aria-label={t('canary.steps.title')}
      >
        {steps.map((percent, i) => {
          const asks = i > step && plan.confirmBefore.includes(percent);
          return (
            <li
              key={percent}
              aria-current={i === step ? 'step' : undefined}
              style={
                i === step
                  ? { borderColor: accent.mark, backgroundColor: accent.wash }
                  : undefined
              }
            >
              {i < step && <DoneIcon />}
              {format.percent(percent / 100)}
              {i < step && <Unseen>{t('canary.steps.taken')}</Unseen>}
              {asks && (
                <>
                  <ConfirmIcon />
                  <Unseen>{t('canary.steps.confirm')}</Unseen>
                </>
              )}
            </li>
          );
        })}
      </Typography>
    </div>
  );
}
