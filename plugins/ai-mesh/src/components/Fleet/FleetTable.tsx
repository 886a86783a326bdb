import type { Fleet } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import TableSortLabel from '@material-ui/core/TableSortLabel';
import Typography from '@material-ui/core/Typography';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { useAiMeshTranslation } from '../../translation';
import { useTableStyles } from '../Tables';
import { FLEET_ROW_HEIGHT, FleetTableRow } from './FleetTableRow';
import { isFigure, sortOf, type ColumnId } from './columns';
import { GroupLine } from './GroupLine';
import { groupRows, type FleetLine } from './groupRows';
import { usual, type ChosenFleet } from './useFleetChoices';

const useStyles = makeStyles(theme => ({
  scroll: {
    maxHeight: 'max(320px, 70vh)',
    overflow: 'auto',
    backgroundColor: theme.palette.background.paper,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
  },
  // One line a row: what is out of sight is as high as what is in it, and no name breaks.
  lines: { '& td, & th, & th[scope=row]': { whiteSpace: 'nowrap' } },
  space: { padding: '0 !important', border: 0 },
  none: { padding: theme.spacing(3) },
}));

/** The fleet as a table that draws only the rows in sight. */
export function FleetTable(props: {
  fleet: Fleet;
  choices: ChosenFleet;
  /** The end of the rows that there are has come into sight, and there are more. */
  onMore: () => void;
}) {
  const { fleet, choices, onMore } = props;
  const { rows, total, next } = fleet;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const { scroll } = useTableStyles();
  const viewport = useRef<HTMLDivElement>(null);
  const { grouping, closed } = choices;
  const more = next !== undefined;
  const lines = useMemo<FleetLine[]>(
    () =>
      grouping
        ? groupRows(rows, grouping, { closed, more })
        : rows.map(row => ({ kind: 'row', row })),
    [rows, grouping, closed, more],
  );
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => viewport.current,
    estimateSize: () => FLEET_ROW_HEIGHT,
    getItemKey: index => keyOf(lines[index]),
    overscan: 10,
    // What is drawn before the first measure.
    initialRect: { width: 1000, height: 600 },
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const columns = useMemo<readonly (ColumnId | 'name')[]>(
    () => ['name', ...choices.columns],
    [choices.columns],
  );
  const latestOnMore = useRef(onMore);
  latestOnMore.current = onMore;
  useEffect(() => {
    if (more && last >= lines.length - 1) {
      latestOnMore.current();
    }
  }, [last, lines.length, more]);

  if (rows.length === 0) {
    return (
      <Typography className={classes.none}>{t('fleet.noMatch')}</Typography>
    );
  }
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div
      ref={viewport}
      className={`${scroll} ${classes.scroll} ${classes.lines}`}
      role="region"
      aria-label={t('fleet.table')}
      // So that the keys scroll it.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <Table
        size="small"
        stickyHeader
        aria-label={t('fleet.table')}
        // Of groups nobody knows how many will be open.
        aria-rowcount={grouping ? -1 : total + 1}
      >
        <TableHead>
          <TableRow aria-rowindex={1}>
            {columns.map(column => (
              <HeadCell key={column} column={column} choices={choices} />
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          <Space height={above} columns={columns.length} />
          {items.map(({ index, key }) => (
            <Line
              key={key}
              line={lines[index]}
              index={index}
              columns={columns}
              fleet={fleet}
              choices={choices}
            />
          ))}
          <Space height={below} columns={columns.length} />
        </TableBody>
      </Table>
    </div>
  );
}

function keyOf(line: FleetLine): string {
  return line.kind === 'row' ? line.row.entityRef : `group ${line.of}`;
}

function Line(props: {
  line: FleetLine;
  index: number;
  columns: readonly (ColumnId | 'name')[];
  fleet: Fleet;
  choices: ChosenFleet;
}) {
  const { line, index, columns, fleet, choices } = props;
  return line.kind === 'group' ? (
    <GroupLine
      group={line}
      index={index}
      columns={columns.length}
      choices={choices}
    />
  ) : (
    <FleetTableRow
      row={line.row}
      index={index}
      columns={columns}
      levels={fleet.facets.levels}
    />
  );
}

/** Stands for the rows that are out of sight. */
function Space(props: { height: number; columns: number }) {
  const { height, columns } = props;
  const classes = useStyles();
  return height > 0 ? (
    <tr aria-hidden="true">
      <td colSpan={columns} className={classes.space} style={{ height }} />
    </tr>
  ) : null;
}

function HeadCell(props: { column: ColumnId | 'name'; choices: ChosenFleet }) {
  const { column, choices } = props;
  const { t } = useAiMeshTranslation();
  const sort = sortOf(column);
  const active = sort !== undefined && choices.query.sort === sort;
  const order = (sort && choices.query.order) ?? usual(sort ?? 'name');
  return (
    <TableCell
      align={isFigure(column) ? 'right' : 'left'}
      sortDirection={active ? order : false}
    >
      {sort ? (
        <TableSortLabel
          active={active}
          direction={active ? order : usual(sort)}
          onClick={() => choices.sortBy(sort)}
        >
          {t(`fleet.column.${column}`)}
        </TableSortLabel>
      ) : (
        t(`fleet.column.${column}`)
      )}
    </TableCell>
  );
}
