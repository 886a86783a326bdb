import type { CanaryCallers } from '@ai-mesh/plugin-ai-mesh-common';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../../format';

/** What the callers of each cluster contribute to a canary's evidence. */
export function CallersList({ callers }: { callers: CanaryCallers[] }) {
  const { t, format } = useFormat();
  return (
    <>
      <Typography variant="subtitle2">{t('canary.gates.byCluster')}</Typography>
      <ul aria-label={t('canary.gates.byCluster')}>
        {callers.map(({ cluster, requests, failures }) => (
          <Typography key={cluster} component="li" variant="body2">
            {t('canary.gates.ofCluster', {
              cluster,
              requests: format.requests(requests),
              failures: format.exact(Math.round(failures)),
            })}
          </Typography>
        ))}
      </ul>
    </>
  );
}
