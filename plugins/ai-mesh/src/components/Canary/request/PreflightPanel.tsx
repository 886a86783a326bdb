import LinearProgress from '@material-ui/core/LinearProgress';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../../translation';
import { textBy } from '../../States';
import { Panel } from '../Panel';
import { PatchDiff } from '../preflight/PatchDiff';
import { PreflightChecks } from '../preflight/PreflightChecks';
import type { Preview } from './usePreview';

/** What speaks against the request as it is. */
export function PreflightPanel(props: { preview: Preview }) {
  const { preflight, error, underway } = props.preview;
  const { t } = useAiMeshTranslation();
  return (
    <Panel title={t('canary.preflight.title')}>
      {underway && (
        <LinearProgress aria-label={t('canary.preflight.running')} />
      )}
      {error && (
        <Typography variant="body2" role="alert">
          {t('canary.preflight.failed', {
            reason: textBy(error, t),
          })}
        </Typography>
      )}
      {preflight && <PreflightChecks checks={preflight.checks} />}
      {preflight?.others?.map(({ cluster, preflight: other }) => (
        <Panel key={cluster} title={t('canary.group.inCluster', { cluster })}>
          <PreflightChecks checks={other.checks} />
          <PatchDiff preflight={other} />
        </Panel>
      ))}
      {!preflight && !error && !underway && (
        <Typography variant="body2" color="textSecondary">
          {t('canary.preflight.incomplete')}
        </Typography>
      )}
    </Panel>
  );
}
