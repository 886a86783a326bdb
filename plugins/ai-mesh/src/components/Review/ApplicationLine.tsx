import {
  aiMeshFixApplyPermission,
  type FixApplication,
  type FixApplicationActionName,
  type FixApplicationState,
} from '@ai-mesh/plugin-ai-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useLinkedRow, useMayApply } from '../../hooks';
import type { Tone } from '../../theme';
import { useAiMeshTranslation } from '../../translation';
import { GuardedButton } from '../Canary/actions/GuardedButton';
import { Identity } from '../Canary/Identity';
import { Age, between } from '../Figures';
import { Said, ToneMark } from '../Marks';
import type { Decision } from './FixDecision';
import { FixDiff } from './FixDiff';

const tones = {
  requested: 'accent',
  approved: 'accent',
  applied: 'healthy',
  undoing: 'accent',
  undone: 'unknown',
  rejected: 'unknown',
  cancelled: 'unknown',
  expired: 'unknown',
  failed: 'failing',
} as const satisfies Record<FixApplicationState, Tone>;

const useStyles = makeStyles(theme => ({
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    marginTop: theme.spacing(1),
  },
}));

/** A fix that is to be written into the cluster: who asked for it, what became of it, and what can be decided. */
export function ApplicationLine(props: {
  application: FixApplication;
  onDecide: (decision: Decision) => void;
}) {
  const { application, onDecide } = props;
  const {
    id,
    version,
    state,
    code,
    object: { kind, name },
    before,
    after,
    reason,
    decision,
    message,
    words,
  } = application;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const { ref } = useLinkedRow(id);
  const entityRef = stringifyEntityRef(useEntity().entity);
  const may = useMayApply(entityRef);
  const isOwn = application.requestedBy === may.self;
  const actions = application.actions.filter(
    action => action !== 'cancel' || isOwn,
  );
  return (
    <li ref={ref}>
      <Typography variant="body2" component="div">
        {t('review.requests.finding', { code, kind, name })}
        {between(t)}
        <ToneMark tone={tones[state]}>
          {t(`review.apply.state.${state}`)}
        </ToneMark>
      </Typography>
      <Typography variant="body2" component="div">
        {t('review.apply.requestedBy')}{' '}
        <Identity by={application.requestedBy} />
        {' · '}
        <Age at={application.requestedAt} />
        <InOwnWords text={reason} />
      </Typography>
      {application.decidedBy && application.decidedAt && (
        <Typography variant="body2" component="div">
          {t('review.apply.decidedBy')} <Identity by={application.decidedBy} />
          {' · '}
          <Age at={application.decidedAt} />
          <InOwnWords text={decision} />
        </Typography>
      )}
      {message !== undefined && (
        <Typography variant="body2" component="div">
          <Said of={{ message, words }} />
        </Typography>
      )}
      {state === 'requested' && (
        <FixDiff kind={kind} name={name} before={before} after={after} />
      )}
      {actions.length > 0 && (
        <div className={classes.actions}>
          {actions.map(action => (
            <GuardedButton
              key={action}
              size="small"
              variant="outlined"
              color={action === 'approve' ? 'primary' : 'default'}
              why={whyNot(action)}
              onClick={() =>
                onDecide({
                  action,
                  id,
                  version,
                  object: application.object,
                  ...(action === 'undo'
                    ? { before: after, after: before }
                    : { before, after }),
                })
              }
            >
              {t(`review.apply.do.${action}`)}
            </GuardedButton>
          ))}
        </div>
      )}
    </li>
  );

  function whyNot(action: FixApplicationActionName): string | undefined {
    if (may.loading) {
      return t('canary.may.loading');
    }
    const permission = aiMeshFixApplyPermission.name;
    if (!may.allowed) {
      return t('canary.may.lacks', { permission, entity: entityRef });
    }
    return action === 'approve' && isOwn && !application.requesterMayApprove
      ? t('review.apply.own', { permission, entity: entityRef })
      : undefined;
  }
}

/** What a person wrote, in whatever language. */
function InOwnWords(props: { text?: string }) {
  const { t } = useAiMeshTranslation();
  return props.text ? (
    <>
      {t('text.colon')}
      <q>{props.text}</q>
    </>
  ) : null;
}
