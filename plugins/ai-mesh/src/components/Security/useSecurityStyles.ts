import { makeStyles } from '@material-ui/core/styles';

/** What the tables of this screen have beyond those of others. */
export const useSecurityStyles = makeStyles(theme => ({
  table: {
    '& th, & td': { verticalAlign: 'top' },
    // Long names break rather than push the last column out of sight.
    '& tbody th': {
      whiteSpace: 'normal',
      overflowWrap: 'anywhere',
      minWidth: 160,
    },
  },
  /** A sentence may take several lines, a figure may not. */
  sentence: { whiteSpace: 'normal !important' as 'normal', minWidth: 220 },
  list: { margin: 0, paddingLeft: theme.spacing(2.5) },
}));
