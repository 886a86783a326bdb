import type { Fleet, FleetRow } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import isEqual from 'fast-deep-equal';
import { memo } from 'react';
import { FleetCell } from './FleetCell';
import { isFigure, type ColumnId } from './columns';

/** Of every row, pixels. */
export const FLEET_ROW_HEIGHT = 41;

const useStyles = makeStyles({ row: { height: FLEET_ROW_HEIGHT } });

interface FleetTableRowProps {
  row: FleetRow;
  /** Among all rows, from zero. */
  index: number;
  columns: readonly (ColumnId | 'name')[];
  levels: Fleet['facets']['levels'];
}

/** One entity. It is drawn again only where it says something else, however often it is asked for and scrolled. */
export const FleetTableRow = memo(DrawnRow, isEqual);

function DrawnRow({ row, index, columns, levels }: FleetTableRowProps) {
  const classes = useStyles();
  const cell = (column: ColumnId | 'name') => (
    <FleetCell row={row} column={column} levels={levels} />
  );
  return (
    <TableRow hover className={classes.row} aria-rowindex={index + 2}>
      {columns.map(column =>
        column === 'name' ? (
          <TableCell key={column} component="th" role="rowheader" scope="row">
            {cell(column)}
          </TableCell>
        ) : (
          <TableCell key={column} align={isFigure(column) ? 'right' : 'left'}>
            {cell(column)}
          </TableCell>
        ),
      )}
    </TableRow>
  );
}
