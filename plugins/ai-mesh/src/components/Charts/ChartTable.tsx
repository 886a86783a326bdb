import Box from '@material-ui/core/Box';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { useFormat } from '../../format';
import type { ChartContent } from './Series';

const useStyles = makeStyles(theme => ({
  scroll: {
    maxHeight: 220,
    overflow: 'auto',
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    '& th, & td': { padding: theme.spacing(0.25, 1) },
    // A figure stays whole; a moment and a line's name break where there is no room.
    '& td': { whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' },
    '& thead th': { overflowWrap: 'anywhere' },
  },
}));

/** The chart's values, newest first. */
export function ChartTable(props: { content: ChartContent }) {
  const { title, times, series } = props.content;
  const { t, format } = useFormat();
  const classes = useStyles();
  const name = t('chart.table', { title });
  return (
    <Box className={classes.scroll} role="group" aria-label={name} tabIndex={0}>
      <Table size="small" aria-label={name}>
        <TableHead>
          <TableRow>
            <TableCell>{t('chart.time')}</TableCell>
            {series.map(one => (
              <TableCell key={one.name} align="right">
                {one.name}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {times
            .map((at, index) => (
              <TableRow key={at}>
                <TableCell component="th" role="rowheader" scope="row">
                  {format.time(at)}
                </TableCell>
                {series.map(({ name: line, values, exact }) => {
                  const value = values[index];
                  return (
                    <TableCell key={line} align="right">
                      {value === null ? t('chart.gap') : exact(value)}
                    </TableCell>
                  );
                })}
              </TableRow>
            ))
            .reverse()}
        </TableBody>
      </Table>
    </Box>
  );
}
