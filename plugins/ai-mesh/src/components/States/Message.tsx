import type { Sentences } from '@ai-mesh/plugin-ai-mesh-common';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import Typography from '@material-ui/core/Typography';
import type { ComponentType, ReactNode } from 'react';
import { useAiMeshTranslation } from '../../translation';
import { textSaid } from '../Figures';

const useStyles = makeStyles(theme => ({
  paper: {
    display: 'flex',
    gap: theme.spacing(2),
    padding: theme.spacing(3),
  },
  icon: { fontSize: 40, color: theme.palette.text.secondary },
  body: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1.5),
    minWidth: 0,
    maxWidth: 880,
  },
  action: { alignSelf: 'flex-start' },
}));

/** Says why there is nothing to show, and what to do next. */
export function Message(props: {
  icon: ComponentType<SvgIconProps>;
  title: string;
  /** What to do next. */
  body: string;
  /** What the backend said. */
  said?: Sentences;
  onRetry?: () => void;
  children?: ReactNode;
}) {
  const { icon: Icon, title, body, said, onRetry, children } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  return (
    <Paper className={classes.paper} variant="outlined" role="status">
      <Icon className={classes.icon} />
      <div className={classes.body}>
        <Typography variant="h6" component="h2">
          {title}
        </Typography>
        <Typography>{body}</Typography>
        {said && (
          <Typography variant="body2" color="textSecondary">
            {t('state.said', { message: textSaid(said, t) })}
          </Typography>
        )}
        {children}
        {onRetry && (
          <Button
            className={classes.action}
            variant="outlined"
            onClick={onRetry}
          >
            {t('state.retry')}
          </Button>
        )}
      </div>
    </Paper>
  );
}
