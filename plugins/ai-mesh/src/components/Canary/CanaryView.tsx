import type {
  CanaryActionName,
  CanaryDetails,
} from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useId } from 'react';
import { useAiMeshTranslation } from '../../translation';
import { AboutPanel } from './AboutPanel';
import { KeepInGit } from '../KeepInGit';
import { FollowedRequests } from '../Requests';
import { ActionBar } from './actions/ActionBar';
import { actionLooks } from './actions/actionLooks';
import { ApprovalPanel } from './ApprovalPanel';
import { CanaryHeading } from './CanaryHeading';
import { cleanUpActions, CleanUpPanel } from './cleanUp/CleanUpPanel';
import { DriftView } from './DriftView';
import { CheckSection } from './gates/CheckSection';
import { GroupPanel } from './GroupPanel';
import { Timeline } from './history/Timeline';
import { Panel } from './Panel';
import { SituationNotice } from './SituationNotice';
import { versionNames } from './versionName';
import { WeightChart } from './weights/WeightChart';
import { Steps } from './weights/Steps';
import { WeightBar } from './weights/WeightBar';

const useStyles = makeStyles(theme => ({
  view: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
  },
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
    gap: theme.spacing(2),
    alignItems: 'start',
    [theme.breakpoints.down('md')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
}));

const headActions = (Object.keys(actionLooks) as CanaryActionName[]).filter(
  action => !cleanUpActions.includes(action),
);

/** All that there is to know and to do about one canary, the most urgent first. */
export function CanaryView(props: {
  canary: CanaryDetails;
  onDone: () => void;
  /** Asks for more of its history. */
  onEarlier: () => void;
}) {
  const { canary, onDone } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const id = useId();
  const waits = canary.state === 'requested' || canary.state === 'approved';
  const versions = versionNames(canary);
  const weights = canary.drift?.found ?? canary.weights;
  return (
    <article className={classes.view} aria-labelledby={id}>
      <CanaryHeading canary={canary} id={id} />
      <ActionBar
        canary={canary}
        // The way back of a request for several clusters is one for all of them.
        only={headActions.filter(
          action => !canary.group || action !== 'rollBack',
        )}
        outlook={canary.preflight}
        onDone={onDone}
      />
      {canary.state === 'promoted' && (
        <div>
          <KeepInGit
            kept={{ entityRef: canary.entityRef, canary: canary.id }}
            label={t('canary.keepInGit')}
          />
          <FollowedRequests
            entityRef={canary.entityRef}
            request={{ kind: 'canary', canary: canary.id }}
          />
        </div>
      )}
      <SituationNotice canary={canary}>
        {canary.drift && <DriftView drift={canary.drift} />}
      </SituationNotice>
      <GroupPanel canary={canary} onDone={onDone} />
      <CleanUpPanel canary={canary} onDone={onDone} />
      {waits ? (
        <div className={classes.columns}>
          <div className={classes.view}>
            <ApprovalPanel canary={canary} />
          </div>
          <AboutPanel canary={canary} />
        </div>
      ) : (
        <>
          <div className={classes.columns}>
            <Panel title={t('canary.weights.title')}>
              {weights ? (
                <>
                  <WeightBar weights={weights} />
                  <Steps canary={canary} />
                  <WeightChart canary={canary} />
                </>
              ) : (
                <Typography variant="body2" color="textSecondary">
                  {t('canary.weights.never')}
                </Typography>
              )}
            </Panel>
            <AboutPanel canary={canary} />
          </div>
          <Panel title={t('canary.gates.title')}>
            <CheckSection check={canary.check} versions={versions} />
          </Panel>
        </>
      )}
      <Panel title={t('canary.history.title')}>
        <Timeline canary={canary} versions={versions} />
        {canary.earlierTransitions && (
          <Button onClick={props.onEarlier}>{t('canary.history.more')}</Button>
        )}
      </Panel>
    </article>
  );
}
