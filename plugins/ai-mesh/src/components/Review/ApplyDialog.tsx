import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useAiMeshTranslation } from '../../translation';
import { Notice } from '../Marks';
import { SaidBy } from '../States';

const useStyles = makeStyles(theme => ({
  content: { display: 'flex', flexDirection: 'column', gap: theme.spacing(2) },
}));

/** Characters; the API takes no more. */
const LONGEST_REASON = 2000;

/** Says what a decision about a fix does, asks why, and carries it out. What the backend refuses is said in it. */
export function ApplyDialog(props: {
  title: string;
  explanation: string;
  /** What the button says that does it. */
  deed: string;
  /** What it is about. */
  children: ReactNode;
  onSubmit: (reason: string | undefined) => Promise<unknown>;
  onClose: () => void;
}) {
  const { title, explanation, deed, children, onSubmit, onClose } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const id = useId();
  const [reason, setReason] = useState('');
  const [underway, setUnderway] = useState(false);
  const [error, setError] = useState<Error>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setUnderway(true);
    setError(undefined);
    try {
      await onSubmit(reason.trim() || undefined);
      onClose();
    } catch (thrown) {
      setError(thrown instanceof Error ? thrown : new Error(String(thrown)));
      setUnderway(false);
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
      maxWidth="md"
      fullWidth
    >
      <form onSubmit={submit} noValidate>
        <DialogTitle id={id}>{title}</DialogTitle>
        <DialogContent className={classes.content}>
          {error && (
            <div role="alert">
              <Notice tone="failing" title={t('review.apply.refused')}>
                <SaidBy error={error} />
              </Notice>
            </div>
          )}
          <Typography variant="body2">{explanation}</Typography>
          {children}
          <TextField
            id={`${id}-reason`}
            label={t('canary.reason.optional')}
            multiline
            variant="outlined"
            value={reason}
            helperText={t('canary.reason.help')}
            inputProps={{ maxLength: LONGEST_REASON }}
            onChange={event => setReason(event.target.value)}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('canary.ask.close')}</Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            disabled={underway}
          >
            {deed}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
