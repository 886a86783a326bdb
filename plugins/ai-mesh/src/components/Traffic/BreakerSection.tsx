import type { ServiceRoutes } from '@ai-mesh/plugin-ai-mesh-common';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../translation';
import { ApplicationBreakersView, BreakerStateView } from '../Breaker';
import type { OpenedObject } from '../Objects';
import { BreakerSettingsTable } from './BreakerSettingsTable';

const useStyles = makeStyles(theme => ({
  beside: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
    gap: theme.spacing(2),
    [theme.breakpoints.down('sm')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  part: { padding: theme.spacing(2) },
  whole: { gridColumn: '1 / -1' },
}));

/** What the circuit breaker is set to, beside what it does. */
export function BreakerSection(props: {
  routes: ServiceRoutes;
  onOpen: (object: OpenedObject) => void;
}) {
  const { routes, onOpen } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  return (
    <section>
      <Typography variant="subtitle1" component="h3" gutterBottom>
        {t('traffic.breaker.title')}
      </Typography>
      <div className={classes.beside}>
        <Paper variant="outlined" className={classes.part}>
          <Typography variant="subtitle2" component="h4" gutterBottom>
            {t('traffic.breaker.settings')}
          </Typography>
          {routes.breakers.length > 0 ? (
            <BreakerSettingsTable breakers={routes.breakers} onOpen={onOpen} />
          ) : (
            <Typography variant="body2">{t('traffic.breaker.none')}</Typography>
          )}
        </Paper>
        <Paper variant="outlined" className={classes.part}>
          <Typography variant="subtitle2" component="h4" gutterBottom>
            {t('traffic.breaker.live')}
          </Typography>
          <BreakerStateView
            state={routes.breakerState}
            cluster={routes.service.cluster}
          />
        </Paper>
        {routes.applicationBreakers && (
          <Paper
            variant="outlined"
            className={`${classes.part} ${classes.whole}`}
          >
            <Typography variant="subtitle2" component="h4" gutterBottom>
              {t('breaker.application.title')}
            </Typography>
            <ApplicationBreakersView state={routes.applicationBreakers} />
          </Paper>
        )}
      </div>
    </section>
  );
}
