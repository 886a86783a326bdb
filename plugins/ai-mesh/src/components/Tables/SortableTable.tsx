import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import TableSortLabel from '@material-ui/core/TableSortLabel';
import { ReactNode, useState } from 'react';
import { Order, sortRows } from './sortRows';
import { useTableStyles } from './useTableStyles';

/** A column of a {@link SortableTable}. */
export interface Column<T> {
  id: string;
  title: string;
  /** What the rows are sorted by; undefined where it is not known. Without it the column cannot be sorted. */
  sortBy?: (row: T) => number | string | undefined;
  align?: 'left' | 'right';
  render: (row: T) => ReactNode;
}

/** A table that sorts by any of its columns; what is not known comes last either way. */
export function SortableTable<T>(props: {
  label: string;
  columns: Column<T>[];
  rows: T[];
  idOf: (row: T) => string;
  initialOrder: Order;
  selectedId?: string;
}) {
  const { label, columns, rows, idOf, initialOrder, selectedId } = props;
  const [order, setOrder] = useState(initialOrder);
  const { scroll, selected } = useTableStyles();
  const sortBy = columns.find(({ id }) => id === order.column)?.sortBy;
  const sorted = sortBy ? sortRows(rows, sortBy, order.direction) : rows;

  return (
    <div className={scroll}>
      <Table size="small" aria-label={label}>
        <TableHead>
          <TableRow>
            {columns.map(column => {
              const active = order.column === column.id;
              return (
                <TableCell
                  key={column.id}
                  align={column.align}
                  sortDirection={active ? order.direction : false}
                >
                  {column.sortBy ? (
                    <TableSortLabel
                      active={active}
                      direction={active ? order.direction : 'asc'}
                      onClick={() =>
                        setOrder({
                          column: column.id,
                          direction:
                            active && order.direction === 'asc'
                              ? 'desc'
                              : 'asc',
                        })
                      }
                    >
                      {column.title}
                    </TableSortLabel>
                  ) : (
                    column.title
                  )}
                </TableCell>
              );
            })}
          </TableRow>
        </TableHead>
        <TableBody>
          {sorted.map(row => (
            <TableRow
              key={idOf(row)}
              className={idOf(row) === selectedId ? selected : undefined}
            >
              {columns.map((column, index) =>
                index === 0 ? (
                  <TableCell
                    key={column.id}
                    component="th"
                    role="rowheader"
                    scope="row"
                    align={column.align}
                  >
                    {column.render(row)}
                  </TableCell>
                ) : (
                  <TableCell key={column.id} align={column.align}>
                    {column.render(row)}
                  </TableCell>
                ),
              )}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
