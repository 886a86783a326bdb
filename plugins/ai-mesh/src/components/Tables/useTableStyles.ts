import { makeStyles } from '@material-ui/core/styles';
import { tonesOf } from '../../theme';

/**
 * Tables of figures: dense; where there is no room a cell breaks between words, so that nothing but a long name of one
 * word makes anybody scroll sideways.
 */
export const useTableStyles = makeStyles(theme => ({
  // A bar and no shade: a shade takes small print and links below a readable contrast.
  selected: {
    '& > :first-child': {
      boxShadow: `inset 3px 0 ${tonesOf(theme).accent.mark}`,
    },
  },
  scroll: {
    overflowX: 'auto',
    '& th, & td': {
      padding: theme.spacing(0.75, 2, 0.75, 1),
      // Backstage's theme breaks inside of words, and leaves no room between the lines of a cell.
      wordBreak: 'normal',
      lineHeight: 1.43,
      [theme.breakpoints.down('md')]: {
        padding: theme.spacing(0.75),
        fontSize: '0.8125rem',
      },
    },
    // Chinese has no blanks between words: a heading would break inside of one.
    '& thead th': { wordBreak: 'keep-all' },
    '& th[scope=row]': { overflowWrap: 'anywhere', minWidth: 96 },
    '& th:last-child, & td:last-child': { paddingRight: theme.spacing(1) },
    '& th button': { textAlign: 'inherit' },
    // The theme's grey is too faint for the shaded rows.
    '& .MuiTypography-colorTextSecondary': {
      color: tonesOf(theme).unknown.text,
    },
  },
}));
