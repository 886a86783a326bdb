import CircularProgress from '@material-ui/core/CircularProgress';
import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import Typography from '@material-ui/core/Typography';
import RefreshIcon from '@material-ui/icons/Refresh';
import { useFormat } from '../../format';
import { useNow } from '../../hooks';
import { useTones } from '../../theme';
import { Explained } from '../Figures';

const useStyles = makeStyles(theme => ({
  freshness: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    marginLeft: 'auto',
    whiteSpace: 'nowrap',
  },
  // An age is true for a moment only; paper has the time.
  onScreen: { '@media print': { display: 'none' } },
  onPaper: { '@media not print': { display: 'none' } },
  progress: {
    position: 'absolute',
    // A refresh that is quick enough passes unseen.
    animation: '$appear 200ms 600ms backwards',
  },
  '@keyframes appear': { from: { opacity: 0 }, to: { opacity: 1 } },
}));

/** How old what is on the screen is, and a way to renew it. */
export function Freshness(props: {
  observedAt?: string;
  loading: boolean;
  onRefresh: () => void;
}) {
  const { observedAt, loading, onRefresh } = props;
  const { t, format } = useFormat();
  const now = useNow();
  const tones = useTones();
  const classes = useStyles();
  return (
    <div className={classes.freshness}>
      {observedAt && (
        <Typography variant="body2" style={{ color: tones.unknown.text }}>
          <span className={classes.onScreen}>
            <Explained by={format.time(observedAt)}>
              {t('screen.observed', { age: format.age(observedAt, now) })}
            </Explained>
          </span>
          <span className={classes.onPaper} aria-hidden>
            {t('screen.observed', { age: format.time(observedAt) })}
          </span>
        </Typography>
      )}
      <Tooltip title={t('screen.refresh')}>
        <IconButton
          size="small"
          onClick={onRefresh}
          aria-label={t('screen.refresh')}
        >
          <RefreshIcon fontSize="small" />
          {loading && (
            <CircularProgress
              className={classes.progress}
              size={26}
              aria-label={t('screen.refreshing')}
            />
          )}
        </IconButton>
      </Tooltip>
    </div>
  );
}
