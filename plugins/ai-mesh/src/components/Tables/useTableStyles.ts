import { makeStyles } from '@material-ui/core/styles';
import { tonesOf } from '../../theme';

/** Tables of figures: dense, no word broken, scrolling sideways where there is no room. */
export const useTableStyles = makeStyles(theme => ({
  scroll: {
    overflowX: 'auto',
    '& th, & td': {
      padding: theme.spacing(0.75, 2, 0.75, 1),
      whiteSpace: 'nowrap',
    },
    '& th:last-child, & td:last-child': { paddingRight: theme.spacing(1) },
    '& th button': { textAlign: 'inherit' },
    // The theme's grey is too faint for the shaded rows.
    '& .MuiTypography-colorTextSecondary': {
      color: tonesOf(theme).unknown.text,
    },
  },
}));
