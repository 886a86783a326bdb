import type { Canary, CanaryActionName } from '@ai-mesh/plugin-ai-mesh-common';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { type FormEvent, useId, useRef, useState } from 'react';
import { useTones } from '../../../theme';
import { useAiMeshTranslation } from '../../../translation';
import { ActionFailure } from './ActionFailure';
import { actionLooks } from './actionLooks';
import { consequenceOf, doesTheSame, type Outlook } from './consequence';
import { ConsequenceView } from './ConsequenceView';
import { type Conflict, useAction } from './useAction';

const useStyles = makeStyles(theme => ({
  content: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
  },
}));

/** What is decided about one canary of a request is decided about all of them. */
const forAll: readonly CanaryActionName[] = [
  'approve',
  'reject',
  'cancel',
  'rollBack',
];

/** Characters; the API takes no more. */
const LONGEST_REASON = 2000;

/** Says what an action will change, asks why, and does it. The decision counts for the state that is shown in it. */
export function ActionDialog(props: {
  canary: Canary;
  action: CanaryActionName;
  /** It was tried already, and this came in between. */
  conflict?: Conflict;
  outlook?: Outlook;
  onDone: () => void;
  onClose: () => void;
}) {
  const { action, outlook, onDone, onClose } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const { failing } = useTones();
  const id = useId();
  const { act, underway, error, conflict = props.conflict } = useAction(onDone);
  // What is decided on stays on the screen, whatever the page behind it learns meanwhile.
  const [opened] = useState(props.canary);
  const [reason, setReason] = useState('');
  const reasonField = useRef<HTMLTextAreaElement>(null);
  const [tried, setTried] = useState(false);
  const asked = conflict?.canary ?? opened;
  // A later state in which the action does just the same is what the person decides on as well.
  const canary =
    props.canary.version > asked.version &&
    doesTheSame(action, asked, props.canary, outlook)
      ? props.canary
      : asked;
  const possible = canary.actions.includes(action);
  const { danger, needsReason } = actionLooks[action];
  const missing = tried && needsReason && !reason.trim();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const said = reason.trim();
    if (
      (said || !needsReason) &&
      (await act(canary, action, said || undefined)) === 'done'
    ) {
      onClose();
    }
  };

  return (
    <Dialog
      open
      onClose={(_, how) => {
        // A click beside it is a slip of the hand where something is written.
        if (how !== 'backdropClick' || !reason.trim()) {
          onClose();
        }
      }}
      aria-labelledby={id}
      maxWidth="sm"
      fullWidth
      // In an emergency nobody should have to look for the field.
      TransitionProps={{ onEntered: () => reasonField.current?.focus() }}
    >
      <form onSubmit={submit} noValidate>
        <DialogTitle id={id}>{t(`canary.ask.${action}`)}</DialogTitle>
        <DialogContent className={classes.content}>
          <ActionFailure
            error={error}
            conflict={conflict}
            asksAgain={possible}
          />
          {possible ? (
            <>
              <Typography variant="body2">
                {t(`canary.explain.${action}`)}
                {canary.group &&
                  forAll.includes(action) &&
                  ` ${t('canary.group.forAll', { clusters: canary.group.clusters.join(t('text.and')) })}`}
              </Typography>
              <ConsequenceView
                consequence={consequenceOf(action, canary, outlook)}
                canary={canary}
              />
              <TextField
                id={`${id}-reason`}
                label={
                  needsReason
                    ? t('canary.reason.label')
                    : t('canary.reason.optional')
                }
                inputRef={reasonField}
                multiline
                variant="outlined"
                value={reason}
                required={needsReason}
                error={missing}
                helperText={
                  missing ? t('canary.reason.missing') : t('canary.reason.help')
                }
                inputProps={{ maxLength: LONGEST_REASON }}
                onChange={event => setReason(event.target.value)}
              />
            </>
          ) : (
            <Typography>{t('canary.conflict.impossible')}</Typography>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('canary.ask.close')}</Button>
          {possible && (
            <Button
              type="submit"
              variant={danger ? 'outlined' : 'contained'}
              color={danger ? 'default' : 'primary'}
              style={
                danger
                  ? { color: failing.text, borderColor: failing.mark }
                  : undefined
              }
              disabled={underway}
            >
              {t(`canary.do.${action}`)}
            </Button>
          )}
        </DialogActions>
      </form>
    </Dialog>
  );
}
