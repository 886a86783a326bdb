import { Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useId } from 'react';
import { useAiMeshTranslation } from '../../translation';
import type { ScreenName } from '../AiMeshTab/screens';
import { useDocumentation } from './useDocumentation';

const useStyles = makeStyles(theme => ({
  content: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
  },
  keys: {
    display: 'grid',
    gridTemplateColumns: 'max-content 1fr',
    gap: theme.spacing(1, 2),
    margin: theme.spacing(1, 0, 0),
    '& dd': { margin: 0 },
  },
}));

/** What a screen is for, where more of it is written, and the keys of the tab. */
export function HelpDialog(props: {
  screen: ScreenName;
  open: boolean;
  onClose: () => void;
}) {
  const { screen, open, onClose } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const id = useId();
  const documentation = useDocumentation(screen);
  const keys = [
    ['?', t('guide.key.help')],
    [t('guide.keyName.arrows'), t('guide.key.arrows')],
    [t('guide.keyName.enter'), t('guide.key.enter')],
    [t('guide.keyName.escape'), t('guide.key.escape')],
  ];
  return (
    <Dialog open={open} onClose={onClose} aria-labelledby={id} maxWidth="sm">
      <DialogTitle id={id}>{t(`screen.${screen}`)}</DialogTitle>
      <DialogContent className={classes.content}>
        <Typography variant="body2">{t(`guide.about.${screen}`)}</Typography>
        {documentation && (
          <Link to={documentation}>{t('guide.documentation')}</Link>
        )}
        <div>
          <Typography variant="subtitle2" component="h3">
            {t('guide.keys')}
          </Typography>
          <Typography variant="body2" component="dl" className={classes.keys}>
            {keys.map(([key, meaning]) => (
              <div key={key} style={{ display: 'contents' }}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </Typography>
        </div>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('guide.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
