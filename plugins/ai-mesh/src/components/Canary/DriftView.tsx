import type { CanaryDrift } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { useAiMeshTranslation } from '../../translation';
import { WeightChanges } from './weights/WeightChanges';

const useStyles = makeStyles(theme => ({
  drift: { maxWidth: 560, marginTop: theme.spacing(1) },
}));

/** What the cluster should have been like, and what it was found like. */
export function DriftView(props: { drift: CanaryDrift }) {
  const { drift } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  return (
    <div className={classes.drift}>
      <WeightChanges
        label={t('canary.drift.title')}
        before={drift.expected}
        after={drift.found}
        columns={[t('canary.drift.expected'), t('canary.drift.found')]}
      />
    </div>
  );
}
