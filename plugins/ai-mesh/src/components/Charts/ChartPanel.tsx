import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useId, useState } from 'react';
import { useAiMeshTranslation } from '../../translation';
import { ChartTable } from './ChartTable';
import { ChartContent, hasValues } from './Series';
import { TimeChart } from './TimeChart';

const useStyles = makeStyles(theme => ({
  panel: { margin: 0, minWidth: 0 },
  heading: {
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'baseline',
    gap: theme.spacing(1),
  },
}));

/** A chart with its values as a table beside it. Without any value it says why. */
export function ChartPanel(props: {
  content: ChartContent;
  /** Why there may be no value. */
  unknown?: string;
}) {
  const { content, unknown } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  const known = hasValues(content);
  return (
    <figure className={classes.panel} aria-labelledby={id}>
      <figcaption className={classes.heading}>
        <Typography id={id} variant="subtitle2" component="span">
          {content.title}
        </Typography>
        {known && (
          <Button
            size="small"
            aria-expanded={asTable}
            aria-label={t('chart.asTable', { title: content.title })}
            onClick={() => setAsTable(!asTable)}
          >
            {t('chart.values')}
          </Button>
        )}
      </figcaption>
      {known ? (
        <TimeChart content={content} />
      ) : (
        <Typography variant="body2" color="textSecondary">
          {unknown ?? t('chart.empty')}
        </Typography>
      )}
      {content.note && known && (
        <Typography variant="caption" color="textSecondary">
          {content.note}
        </Typography>
      )}
      {asTable && known && <ChartTable content={content} />}
    </figure>
  );
}
