import type { ServiceRoutes, Window } from '@ai-mesh/plugin-ai-mesh-common';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useId, useState } from 'react';
import { useTones } from '../../theme';
import { useAiMeshTranslation } from '../../translation';
import { EndpointsFigure, SignalFigure, signals } from '../Figures';
import { type OpenedObject, YamlDrawer } from '../Objects';
import { BreakerSection } from './BreakerSection';
import { RouteNotes } from './RouteNotes';
import { RuleCard } from './RuleCard';

const useStyles = makeStyles(theme => ({
  service: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
  },
  figures: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1, 4),
    margin: 0,
    padding: theme.spacing(2),
    '& dd': { margin: 0 },
  },
  rules: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1.5),
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
}));

/** One service: its figures, its rules from top to bottom, its circuit breaker. */
export function ServiceRoutesView(props: {
  routes: ServiceRoutes;
  window: Window;
}) {
  const { routes, window } = props;
  const { service } = routes;
  const { t } = useAiMeshTranslation();
  const tones = useTones();
  const classes = useStyles();
  const id = useId();
  const [opened, setOpened] = useState<OpenedObject>();
  return (
    <section className={classes.service} aria-labelledby={id}>
      <div>
        <Typography id={id} variant="h6" component="h2">
          {service.name}
        </Typography>
        <Typography variant="body2" style={{ color: tones.unknown.text }}>
          {t('traffic.service.place', {
            namespace: service.namespace,
            cluster: service.cluster,
          })}
          {' · '}
          {t('traffic.current', { window: t(`window.${window}`) })}
        </Typography>
      </div>
      <Paper variant="outlined" component="dl" className={classes.figures}>
        {signals.map(signal => (
          <div key={signal}>
            <Typography variant="caption" component="dt" color="textSecondary">
              {t(`figure.${signal}`)}
            </Typography>
            <dd>
              <SignalFigure
                traffic={routes.traffic}
                signal={signal}
                cluster={service.cluster}
              />
            </dd>
          </div>
        ))}
        <div>
          <Typography variant="caption" component="dt" color="textSecondary">
            {t('figure.endpoints')}
          </Typography>
          <dd>
            <EndpointsFigure endpoints={routes.endpoints} />
          </dd>
        </div>
      </Paper>
      <RouteNotes notes={routes.notes} onOpen={setOpened} />
      <section>
        <Typography variant="subtitle1" component="h3" gutterBottom>
          {t('traffic.rules.title')}
        </Typography>
        {routes.rules.length === 0 && (
          <Typography variant="body2">{t('traffic.rules.none')}</Typography>
        )}
        <ol className={classes.rules}>
          {routes.rules.map((rule, index) => (
            <li
              key={`${rule.object.kind} ${rule.object.namespace} ${rule.object.name} ${rule.path}`}
            >
              <RuleCard
                rule={rule}
                number={index + 1}
                service={service}
                readOnly={routes.readOnly}
                onOpen={setOpened}
              />
            </li>
          ))}
        </ol>
      </section>
      <BreakerSection routes={routes} onOpen={setOpened} />
      {opened && (
        <YamlDrawer
          opened={opened}
          objects={routes.objects}
          onClose={() => setOpened(undefined)}
        />
      )}
    </section>
  );
}
