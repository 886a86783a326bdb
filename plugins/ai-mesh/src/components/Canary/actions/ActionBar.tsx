import type { Canary, CanaryActionName } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { useMay } from '../../../hooks';
import { useTones } from '../../../theme';
import { useAiMeshTranslation } from '../../../translation';
import { ActionDialog } from './ActionDialog';
import { ActionFailure } from './ActionFailure';
import { actionLooks } from './actionLooks';
import type { Outlook } from './consequence';
import { GuardedButton } from './GuardedButton';
import { useAction } from './useAction';
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
  const { canary, only = all, outlook, onDone } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const { failing } = useTones();
  const may = useMay(canary.governedBy ?? canary.entityRef);
  const { act, underway, error, conflict, forget } = useAction(onDone);
  const [asking, setAsking] = useState<CanaryActionName>();
  const offered = all.filter(
    action => canary.actions.includes(action) && only.includes(action),
  );

  const begin = (action: CanaryActionName) => {
    forget();
    if (actionLooks[action].atOnce) {
      act(canary, action);
    } else {
      setAsking(action);
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
      <ActionFailure error={error} conflict={conflict} />
      {asking && (
        <ActionDialog
          canary={canary}
          action={asking}
          outlook={outlook}
          onDone={onDone}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
}
