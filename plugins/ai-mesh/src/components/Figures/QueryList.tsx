import type { QueryTrace } from '@ai-mesh/plugin-ai-mesh-common';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../translation';
import { Code } from './Code';
import { CopyButton } from './CopyButton';

/** Queries as they were sent, each to be copied. */
export function QueryList(props: { queries: QueryTrace[] }) {
  const { t } = useAiMeshTranslation();
  return (
    <>
      {props.queries.map(({ id, cluster, promql, warnings, alike }) => (
        <div key={`${id} ${cluster} ${promql}`}>
          <Typography variant="caption" color="textSecondary">
            {t('figure.madeBy', { id, cluster })}
          </Typography>
          <Code label={t('figure.madeBy', { id, cluster })} wrapped>
            {promql}
          </Code>
          {alike !== undefined && (
            <Typography variant="body2">
              {t('figure.alike', { all: `${alike}` })}
            </Typography>
          )}
          {warnings.length > 0 && (
            <Typography variant="body2">
              {t('figure.warnings', { warnings: warnings.join('; ') })}
            </Typography>
          )}
          <CopyButton text={promql} label={t('figure.copyPromql')} />
        </div>
      ))}
    </>
  );
}
