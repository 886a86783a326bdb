import { makeStyles } from '@material-ui/core/styles';
import type { RefObject } from 'react';
import { useAiMeshTranslation } from '../../translation';

const useStyles = makeStyles(theme => ({
  skip: {
    ...theme.typography.button,
    textTransform: 'none',
    position: 'absolute',
    zIndex: theme.zIndex.tooltip,
    padding: theme.spacing(1, 2),
    border: `2px solid ${theme.palette.primary.main}`,
    borderRadius: theme.shape.borderRadius,
    color: theme.palette.text.primary,
    backgroundColor: theme.palette.background.paper,
    cursor: 'pointer',
    // Seen where it has the focus, and only there.
    '&:not(:focus)': {
      width: 1,
      height: 1,
      padding: 0,
      border: 0,
      overflow: 'hidden',
      clip: 'rect(0 0 0 0)',
    },
  },
}));

/** Past the navigation to the content, for those who go by the Tab key. */
export function SkipLink(props: { to: RefObject<HTMLElement> }) {
  const { to } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  return (
    <button
      type="button"
      className={classes.skip}
      onClick={() => to.current?.focus()}
    >
      {t('guide.skip')}
    </button>
  );
}
