import type { Canary, CanaryActionName } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { useMay } from '../../../hooks';
import { useTones } from '../../../theme';
import { useAiMeshTranslation } from '../../../translation';
import { useAsk } from './ActionDialogs';
import { ActionFailure } from './ActionFailure';
import { actionLooks } from './actionLooks';
import type { Outlook } from './consequence';
import { GuardedButton } from './GuardedButton';
import { newer, useAction } from './useAction';
import { whyNot } from './whyNot';

const useStyles = makeStyles(theme => ({
  bar: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

const all = Object.keys(actionLooks) as CanaryActionName[];

/** What a person may do to a canary now; what takes something back or moves weights asks first. */
export function ActionBar(props: {
  canary: Canary;
  /** Of what the state allows, only these. */
  only?: readonly CanaryActionName[];
  outlook?: Outlook;
  onDone: () => void;
}) {
  const { only = all, outlook, onDone } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const { failing } = useTones();
  const { act, underway, error, answered, forget } = useAction(onDone);
  // A decision counts for the version that it names: the page may be a moment behind what it has just been answered.
  const canary = newer(props.canary, answered);
  const may = useMay(canary.governedBy ?? canary.entityRef);
  const ask = useAsk();
  const offered = all.filter(
    action => canary.actions.includes(action) && only.includes(action),
  );

  const begin = async (action: CanaryActionName) => {
    forget();
    if (!actionLooks[action].atOnce) {
      ask({ canary, action, outlook, onDone });
      return;
    }
    const outcome = await act(canary, action);
    if (outcome && outcome !== 'done') {
      ask({ canary, action, conflict: outcome, outlook, onDone });
    }
  };

  return (
    <>
      {offered.length > 0 && (
        <div
          className={classes.bar}
          role="group"
          aria-label={t('canary.actions.title')}
        >
          {offered.map((action, i) => {
            const { danger, atOnce } = actionLooks[action];
            const primary = i === 0 && !atOnce && !danger;
            return (
              <GuardedButton
                key={action}
                variant={primary ? 'contained' : 'outlined'}
                color={primary ? 'primary' : 'default'}
                style={
                  danger
                    ? { color: failing.text, borderColor: failing.mark }
                    : undefined
                }
                why={
                  whyNot(action, canary, may, t) ??
                  (underway ? t('canary.may.underway') : undefined)
                }
                onClick={() => begin(action)}
              >
                {t(`canary.do.${action}`)}
              </GuardedButton>
            );
          })}
        </div>
      )}
      <ActionFailure error={error} />
    </>
  );
}
