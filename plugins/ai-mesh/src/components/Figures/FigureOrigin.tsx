import type { QueryTrace } from '@ai-mesh/plugin-ai-mesh-common';
import Popover from '@material-ui/core/Popover';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../translation';
import { CopyButton } from './CopyButton';
import { useQueries } from './Queries';
import { QueryList } from './QueryList';
import { Reading } from './reading';

const useStyles = makeStyles(theme => ({
  paper: {
    padding: theme.spacing(2),
    // On a narrow screen, with the edge that a popover keeps.
    maxWidth: 'min(480px, calc(100% - 32px))',
    overflowWrap: 'anywhere',
  },
}));

/** Where a number is from: its exact value, what to know about it, and its queries to copy. */
export function FigureOrigin(props: {
  anchor: Element;
  onClose: () => void;
  label: string;
  reading: Reading;
  query?: QueryTrace['id'];
  cluster?: string;
}) {
  const { anchor, onClose, label, reading, query, cluster } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const { queries, window } = useQueries(query, cluster);
  return (
    <Popover
      open
      anchorEl={anchor}
      onClose={onClose}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
      PaperProps={{
        className: classes.paper,
        role: 'dialog',
        'aria-label': `${t('figure.open')}: ${label}`,
      }}
    >
      <Typography variant="subtitle2" component="p">
        {label}
      </Typography>
      {reading.status === 'known' ? (
        <>
          <Typography variant="body2">
            {t('figure.exact', { value: reading.exact })}
            {query && window
              ? `, ${t('figure.over', { window: t(`window.${window}`) })}`
              : ''}
          </Typography>
          {reading.note && (
            <Typography variant="body2">{reading.note}</Typography>
          )}
        </>
      ) : (
        <>
          <Typography variant="body2">{reading.why}</Typography>
          <CopyButton text={reading.why} label={t('figure.copyWhy')} />
        </>
      )}
      {query && queries.length > 0 ? (
        <QueryList queries={queries} />
      ) : (
        reading.status === 'known' && (
          <Typography variant="body2" color="textSecondary">
            {t('figure.noQuery')}
          </Typography>
        )
      )}
    </Popover>
  );
}
