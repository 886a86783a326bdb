import {
  fleetSortSchema,
  joinValues,
  splitValues,
  type FleetSort,
} from '@ai-mesh/plugin-ai-mesh-common';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { FleetChoices } from '../../hooks';
import type { FleetGrouping } from './groupRows';
import { columnIds, shownAt, WIDTHS, type ColumnId } from './columns';

export type FleetFilter =
  'owner' | 'system' | 'cluster' | 'namespace' | 'level' | 'model';

/** What a reader chose of the fleet; all of it is in the address. */
export interface ChosenFleet {
  query: FleetChoices;
  columns: readonly ColumnId[];
  /** The rows stand under headings, by which they are sorted. */
  grouping?: FleetGrouping;
  /** Groups of which only the heading is shown. */
  closed: ReadonlySet<string>;
  /** Undefined takes a choice back. */
  choose(changes: Record<string, string | undefined>): void;
  sortBy(sort: FleetSort): void;
  toggle(column: ColumnId): void;
  /** Closes a group, or opens it. */
  fold(group: string): void;
}

/** In the address, the group of those that have no owner or system. */
const NONE = '-';

function groupOf(written: string): string {
  return written === NONE ? '' : written;
}

const filters: readonly FleetFilter[] = [
  'owner',
  'system',
  'cluster',
  'namespace',
  'level',
  'model',
];

/** What is not understood counts as not chosen. */
export function useFleetChoices(): ChosenFleet {
  const [params, setParams] = useSearchParams();
  const written = params.toString();
  const width = useWidth();
  const { query, columns, grouping, closed } = useMemo(
    () => readChoices(new URLSearchParams(written), width),
    [written, width],
  );
  const choose = useCallback(
    (changes: Record<string, string | undefined>) =>
      setParams(
        before => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value === undefined || value === '') {
              after.delete(name);
            } else {
              after.set(name, value);
            }
          }
          return after;
        },
        { replace: true },
      ),
    [setParams],
  );
  return {
    query,
    columns,
    grouping,
    closed,
    choose,
    sortBy: sort =>
      choose({
        group: undefined,
        closed: undefined,
        sort,
        order:
          query.sort === sort
            ? otherOrder(query.order ?? usual(sort))
            : usual(sort),
      }),
    toggle: column =>
      choose({
        columns: columnIds
          .filter(id => columns.includes(id) !== (id === column))
          .join(','),
      }),
    fold: group =>
      choose({
        closed: joinValues(
          (closed.has(group)
            ? [...closed].filter(one => one !== group)
            : [...closed, group]
          ).map(one => one || NONE),
        ),
      }),
  };
}

/** The widest of {@link WIDTHS} that the window has; where nothing tells its width, it has room for all. */
function useWidth(): number {
  const options = { noSsr: true, defaultMatches: true };
  const [narrow, middle, wide, wider, widest] = WIDTHS;
  const isNarrow = useMediaQuery(`(min-width: ${narrow}px)`, options);
  const isMiddle = useMediaQuery(`(min-width: ${middle}px)`, options);
  const isWide = useMediaQuery(`(min-width: ${wide}px)`, options);
  const isWider = useMediaQuery(`(min-width: ${wider}px)`, options);
  const isWidest = useMediaQuery(`(min-width: ${widest}px)`, options);
  return (
    (isWidest && widest) ||
    (isWider && wider) ||
    (isWide && wide) ||
    (isMiddle && middle) ||
    (isNarrow && narrow) ||
    0
  );
}

function readChoices(params: URLSearchParams, width: number) {
  const order = params.get('order');
  const columns = params.get('columns')?.split(',');
  const group = params.get('group');
  const grouping: FleetGrouping | undefined =
    group === 'owner' || group === 'system' ? group : undefined;
  return {
    query: {
      sort:
        grouping ?? fleetSortSchema.catch('health').parse(params.get('sort')),
      order:
        !grouping && (order === 'asc' || order === 'desc') ? order : undefined,
      search: params.get('search')?.slice(0, 200) || undefined,
      failing: params.get('failing') === 'true' ? 'true' : undefined,
      ...Object.fromEntries(
        filters.map(name => [name, params.get(name) || undefined]),
      ),
    } satisfies FleetChoices,
    columns: columns
      ? columnIds.filter(id => columns.includes(id))
      : shownAt(width),
    grouping,
    closed: new Set(splitValues(params.get('closed') ?? '').map(groupOf)),
  };
}

/** The way round that is read first: names from A, the others with what is worst. */
export function usual(sort: FleetSort): 'asc' | 'desc' {
  return ['name', 'owner', 'system'].includes(sort) ? 'asc' : 'desc';
}

function otherOrder(order: 'asc' | 'desc'): 'asc' | 'desc' {
  return order === 'asc' ? 'desc' : 'asc';
}
