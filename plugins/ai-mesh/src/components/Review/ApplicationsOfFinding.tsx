import type { FixApplication } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../translation';
import { ApplicationLine } from './ApplicationLine';
import type { Decision } from './FixDecision';

const useStyles = makeStyles(theme => ({
  list: { margin: 0, paddingLeft: theme.spacing(2.5) },
}));

/** The fixes of a finding that are, or were to be, written into the cluster, beside it. */
export function ApplicationsOfFinding(props: {
  findingId: string;
  applications: readonly FixApplication[];
  onDecide: (decision: Decision) => void;
}) {
  const { findingId, applications, onDecide } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const own = applications.filter(({ finding }) => finding === findingId);
  return own.length === 0 ? null : (
    <div>
      <Typography variant="subtitle2" component="h3">
        {t('review.apply.heading')}
      </Typography>
      <ul className={classes.list}>
        {own.map(application => (
          <ApplicationLine
            key={application.id}
            application={application}
            onDecide={onDecide}
          />
        ))}
      </ul>
    </div>
  );
}
