import type { FindingCounts } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { useAiMeshTranslation } from '../../translation';
import { severities, SeverityMark } from '../Review/SeverityMark';
import { Tile } from './Tile';

const useStyles = makeStyles(theme => ({
  counts: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5, 2) },
}));

/** What the review finds, by severity. */
export function FindingsTile(props: {
  findings: FindingCounts;
  jumps: Array<{ to: string; label: string }>;
}) {
  const { findings, jumps } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const worth = findings.high + findings.medium + findings.low;
  const some =
    findings.high > 0
      ? 'overview.review.sentence.high'
      : 'overview.review.sentence.some';
  return (
    <Tile
      title={t('overview.review.title')}
      sentence={t(worth === 0 ? 'overview.review.sentence.none' : some)}
      jumps={jumps}
    >
      <div className={classes.counts}>
        {severities.map(severity => (
          <SeverityMark
            key={severity}
            severity={severity}
            count={findings[severity]}
          />
        ))}
      </div>
    </Tile>
  );
}
