import type { FixSource } from '@ai-mesh/plugin-ai-mesh-common';
import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { ReactNode } from 'react';
import { useAiMeshTranslation } from '../../translation';
import { Said } from '../Marks';
import { Terms } from '../Terms';

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(2), marginBottom: theme.spacing(1) },
}));

/** Where what a fix changes is kept, how that is known, and what to edit there. */
export function SourceOfFix(props: { source: FixSource }) {
  const { source } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <Typography variant="subtitle2" component="h4">
        {t('review.source.title')}
      </Typography>
      {source.status === 'known' ? (
        <Terms terms={termsOf(source)} />
      ) : (
        <Typography variant="body2">
          {source.status === 'unknown' && `${t('review.source.unknown')} `}
          <Said of={source} />
        </Typography>
      )}
    </div>
  );

  function termsOf(known: Extract<FixSource, { status: 'known' }>) {
    const { repository, link, path, revision } = known;
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
      value: <Said of={known} />,
    });
    return terms;
  }
}
