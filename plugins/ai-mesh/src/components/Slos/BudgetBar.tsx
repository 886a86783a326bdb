import { budgetState } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { useFormat } from '../../format';
import { Tone, useTones } from '../../theme';
import { Figure } from '../Figures';
import { budgetReading, type Budget } from './budgetReading';

/** Below this the rest is little. */
const LITTLE = 0.25;

const useStyles = makeStyles(theme => ({
  bar: {
    height: 10,
    marginTop: theme.spacing(0.5),
    borderRadius: 5,
    overflow: 'hidden',
    border: `1px solid ${theme.palette.text.secondary}`,
  },
  unknown: { borderStyle: 'dashed' },
  left: { height: '100%' },
}));

/** How much of the error budget is left, as a bar and as a figure. */
export function BudgetBar(props: {
  budget: Budget;
  /** Absent for a budget of several clusters. */
  cluster?: string;
}) {
  const { budget, cluster } = props;
  const { t, format } = useFormat();
  const tones = useTones();
  const classes = useStyles();
  const { budgetLeft } = budget;
  const isSure = ['left', 'spent'].includes(budgetState(budget));
  const value = budgetLeft.status === 'known' ? budgetLeft.value : undefined;
  const width = `${Math.min(1, Math.max(0, value ?? 0)) * 100}%`;
  return (
    <>
      <Figure
        label={t('slos.budgetLeft')}
        query="periods"
        cluster={cluster}
        reading={budgetReading(budget, { t, format })}
      />
      <div
        className={`${classes.bar} ${isSure ? '' : classes.unknown}`}
        aria-hidden="true"
      >
        <div
          className={classes.left}
          style={{
            width,
            backgroundColor: tones[isSure ? toneOf(value) : 'unknown'].mark,
          }}
        />
      </div>
    </>
  );
}

function toneOf(left: number | undefined): Tone {
  if (left === undefined) {
    return 'unknown';
  }
  if (left <= 0) {
    return 'failing';
  }
  return left < LITTLE ? 'degraded' : 'healthy';
}
