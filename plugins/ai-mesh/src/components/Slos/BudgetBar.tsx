import type { Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { useFormat } from '../../format';
import { Tone, useTones } from '../../theme';
import { Figure, read } from '../Figures';

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
  budgetLeft: Measured<number>;
  /** Absent for a budget of several clusters. */
  cluster?: string;
  /** It stands on too little of its period to be called spent. */
  young?: boolean;
}) {
  const { budgetLeft, cluster, young = false } = props;
  const { t, format } = useFormat();
  const tones = useTones();
  const classes = useStyles();
  const value = budgetLeft.status === 'known' ? budgetLeft.value : undefined;
  const width = `${Math.min(1, Math.max(0, value ?? 0)) * 100}%`;
  return (
    <>
      <Figure
        label={t('slos.budgetLeft')}
        query="periods"
        cluster={cluster}
        reading={read(budgetLeft, t, left => ({
          value: left,
          text:
            left < 0
              ? t('slos.overspent', { percent: format.percent(-left) })
              : format.percent(left),
          exact: `${format.exact(left * 100)} %`,
        }))}
      />
      <div
        className={`${classes.bar} ${value === undefined || young ? classes.unknown : ''}`}
        aria-hidden="true"
      >
        <div
          className={classes.left}
          style={{
            width,
            backgroundColor: tones[young ? 'unknown' : toneOf(value)].mark,
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
