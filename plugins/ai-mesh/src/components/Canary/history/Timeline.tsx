import type { CanaryDetails } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { useAiMeshTranslation } from '../../../translation';
import type { VersionNames } from '../versionName';
import { movedWeights } from './HappeningLine';
import { TimelineRow } from './TimelineRow';

const useStyles = makeStyles(theme => ({
  timeline: {
    margin: theme.spacing(1, 0, 0, 1),
    padding: 0,
    listStyle: 'none',
    borderLeft: `2px solid ${theme.palette.divider}`,
  },
}));

/** What happened, the latest first: who, why, which weights, on which evidence. */
export function Timeline(props: {
  canary: CanaryDetails;
  versions: VersionNames;
}) {
  const { canary, versions } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const rows = [...canary.transitions].reverse();
  const breach = rows.find(({ what }) => what === 'breach');
  return (
    <ol className={classes.timeline} aria-label={t('canary.history.title')}>
      {rows.map((row, index) => (
        <TimelineRow
          key={row.seq}
          row={row}
          versions={versions}
          open={row === breach}
          until={rows.slice(0, index).filter(movedWeights).pop()?.at}
        />
      ))}
    </ol>
  );
}
