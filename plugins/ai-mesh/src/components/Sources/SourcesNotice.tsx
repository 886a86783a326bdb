import type { Source } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { useAiMeshTranslation } from '../../translation';
import { Notice, Said } from '../Marks';
import { SourceStatus } from './SourceStatus';

const useStyles = makeStyles(theme => ({
  list: { margin: 0, paddingLeft: theme.spacing(2.5) },
}));

/** Says which sources are missing from what is shown; a source that nobody configured is no problem. */
export function SourcesNotice(props: { sources: Source[] }) {
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const troubled = props.sources.filter(
    ({ status }) => status !== 'ok' && status !== 'not-configured',
  );
  if (troubled.length === 0) {
    return null;
  }
  return (
    <Notice
      tone="degraded"
      title={t('sources.notice', { count: troubled.length })}
    >
      <ul className={classes.list}>
        {troubled.map(({ name, cluster, status, message, words }) => (
          <li key={`${name} ${cluster ?? ''}`}>
            {t(`source.${name}`)}
            {cluster && t('text.aside', { text: cluster })}
            {t('text.colon')}
            <SourceStatus status={status} />
            {message && (
              <>
                {' '}
                <span>
                  <Said of={{ message, words }} />
                </span>
              </>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
