import type { FixSource } from '@ai-mesh/plugin-ai-mesh-common';
import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { ReactNode } from 'react';
import { useAiMeshTranslation } from '../../translation';
import { Terms } from '../Terms';

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(2), marginBottom: theme.spacing(1) },
}));

/** Where what a fix changes is kept, how that is known, and what to edit there. */
export function SourceOfFix(props: { source: FixSource }) {
  const { source } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const keptBy = source.keptBy && t('review.source.keptBy', source.keptBy);
  return (
    <div className={classes.root}>
      <Typography variant="subtitle2" component="h4">
        {t('review.source.title')}
      </Typography>
      {source.status === 'known' ? (
        <Terms terms={termsOf(source)} />
      ) : (
        <Typography variant="body2">
          {source.status === 'chart'
            ? t('review.source.chart')
            : t(`review.source.unknown.${source.reason}`)}
          {keptBy && ` ${keptBy}`}
        </Typography>
      )}
      {source.status === 'known' && source.madeBy !== 'unsaid' && (
        <Typography variant="body2">
          {t(`review.source.madeBy.${source.madeBy}`)}
        </Typography>
      )}
    </div>
  );

  function termsOf(known: Extract<FixSource, { status: 'known' }>) {
    const { repository, link, path, revision, knownBy } = known;
    const terms: { name: string; value: ReactNode }[] = [
      {
        name: t('review.source.repository'),
        value: link ? <Link to={link}>{repository}</Link> : repository,
      },
    ];
    if (path !== undefined) {
      terms.push({
        name: t('review.source.path'),
        value: <code>{path}</code>,
      });
    }
    if (revision !== undefined) {
      terms.push({
        name: t('review.source.revision'),
        value: <code>{revision}</code>,
      });
    }
    terms.push({
      name: t('review.source.how'),
      value: [t(`review.source.by.${knownBy}`), keptBy]
        .filter(Boolean)
        .join(' '),
    });
    return terms;
  }
}
