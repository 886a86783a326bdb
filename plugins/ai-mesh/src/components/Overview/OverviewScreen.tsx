import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useMoment, useOverview, useWindow } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { Screen } from '../Screen';
import { SourcesTable } from '../Sources';
import { CanaryTile } from './CanaryTile';
import { EncryptionTile } from './EncryptionTile';
import { FindingsTile } from './FindingsTile';
import { OverviewSkeleton } from './OverviewSkeleton';
import { ServicesTable } from './ServicesTable';
import { SloTile } from './SloTile';
import { TrafficTile } from './TrafficTile';

const useStyles = makeStyles(theme => ({
  tiles: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(320px, 1fr))',
    gap: theme.spacing(2),
  },
  section: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    padding: theme.spacing(2),
    overflowX: 'auto',
  },
}));

/** The entity's part of the mesh at a glance. */
export function OverviewScreen() {
  const entityRef = stringifyEntityRef(useEntity().entity);
  const [window] = useWindow();
  const [at] = useMoment();
  const then = at && `&at=${encodeURIComponent(at)}`;
  const polled = useOverview(entityRef, { window, ...(at && { at }) });
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  return (
    <Screen
      entityRef={entityRef}
      polled={polled}
      anyMoment
      skeleton={<OverviewSkeleton />}
      hideSourcesNotice
    >
      {overview => (
        <>
          <div className={classes.tiles}>
            <TrafficTile
              overview={overview}
              jumps={[
                {
                  to: `../topology?window=${window}${then}`,
                  label: t('overview.traffic.jump'),
                },
                {
                  to: `../traffic?window=${window}${then}`,
                  label: t('overview.traffic.routes'),
                },
              ]}
            />
            <EncryptionTile
              overview={overview}
              jumps={[
                overview.mtls.plaintextCallers.length > 0
                  ? {
                      to: `../topology?window=${window}${then}&show=plaintext`,
                      label: t('overview.mtls.jump'),
                    }
                  : {
                      to: `../topology?window=${window}${then}`,
                      label: t('overview.mtls.jumpAll'),
                    },
                {
                  to: `../security?window=${window}${then}`,
                  label: t('overview.mtls.security'),
                },
              ]}
            />
            <CanaryTile overview={overview} screen="../canary" />
            <SloTile
              overview={overview}
              jumps={[
                {
                  to: at ? `../slos?${then.slice(1)}` : '../slos',
                  label: t('overview.slo.jump'),
                },
              ]}
            />
            {overview.findings && (
              <FindingsTile
                findings={overview.findings}
                jumps={[{ to: '../review', label: t('overview.review.jump') }]}
              />
            )}
          </div>
          <Paper
            variant="outlined"
            component="section"
            className={classes.section}
          >
            <Typography variant="subtitle1" component="h2">
              {t('overview.services.title')}
            </Typography>
            <ServicesTable overview={overview} />
          </Paper>
          <Paper
            variant="outlined"
            component="section"
            className={classes.section}
          >
            <Typography variant="subtitle1" component="h2">
              {t('sources.title')}
            </Typography>
            <SourcesTable sources={overview.sources} />
          </Paper>
        </>
      )}
    </Screen>
  );
}
