import type { CanaryTransition } from '@ai-mesh/plugin-ai-mesh-common';
import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../../translation';
import { useTones } from '../../../theme';
import { Age } from '../../Figures';
import { Identity } from '../Identity';
import { StateMark } from '../StateMark';
import type { VersionNames } from '../versionName';
import { Evidence } from './Evidence';
import { movedWeights, WeightsMoved } from './HappeningLine';
import { happeningOf } from './happenings';
import { Reason } from './Reason';

const useStyles = makeStyles(theme => ({
  row: {
    position: 'relative',
    padding: theme.spacing(0, 0, 2, 2.5),
    '&::before': {
      content: '""',
      position: 'absolute',
      left: -6,
      top: 6,
      width: 10,
      height: 10,
      borderRadius: '50%',
      backgroundColor: 'currentColor',
    },
  },
  body: { color: theme.palette.text.primary },
  heading: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0.5, 1.5),
  },
}));

/** One row of a canary's history. */
export function TimelineRow(props: {
  row: CanaryTransition;
  versions: VersionNames;
  /** Its evidence is shown at once. */
  open: boolean;
  /** When the weights moved again (ISO 8601); absent where they still are as this row left them. */
  until?: string;
}) {
  const { row, versions, open, until } = props;
  const { t } = useAiMeshTranslation();
  const tones = useTones();
  const classes = useStyles();
  const happening = happeningOf(row.what);
  return (
    <li
      className={classes.row}
      style={{ color: tones[happening?.tone ?? 'unknown'].mark }}
    >
      <div className={classes.body}>
        <div className={classes.heading}>
          <Typography variant="subtitle2" component="span">
            {happening ? t(happening.text) : row.what}
          </Typography>
          <Typography variant="body2" component="span">
            <Identity by={row.by} /> · <Age at={row.at} />
          </Typography>
          {row.from !== row.to && <StateMark state={row.to} />}
          <Typography variant="body2" component="span">
            <WeightsMoved row={row} versions={versions} />
          </Typography>
          {movedWeights(row) && (
            <Link
              to={`../topology?with=${row.at}${until ? `&at=${until}` : ''}`}
            >
              {t('canary.history.compare')}
            </Link>
          )}
        </div>
        {row.reason && (
          <Typography variant="body2">
            <Reason row={row} />
          </Typography>
        )}
        {row.evidence && (
          <Evidence evidence={row.evidence} open={open} versions={versions} />
        )}
      </div>
    </li>
  );
}
