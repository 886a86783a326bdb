import {
  fleetSortSchema,
  type FleetSort,
} from '@ai-mesh/plugin-ai-mesh-common';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { FleetChoices } from '../../hooks';
import { columnIds, shownUnlessSaid, type ColumnId } from './columns';

export type FleetFilter =
  'owner' | 'system' | 'cluster' | 'namespace' | 'level' | 'model';

/** What a reader chose of the fleet; all of it is in the address. */
export interface ChosenFleet {
  query: FleetChoices;
  columns: readonly ColumnId[];
  /** Undefined takes a choice back. */
  choose(changes: Record<string, string | undefined>): void;
  sortBy(sort: FleetSort): void;
  toggle(column: ColumnId): void;
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
  const { query, columns } = useMemo(
    () => readChoices(new URLSearchParams(written)),
    [written],
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
    choose,
    sortBy: sort =>
      choose({
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
  };
}

function readChoices(params: URLSearchParams) {
  const order = params.get('order');
  const columns = params.get('columns')?.split(',');
  return {
    query: {
      sort: fleetSortSchema.catch('health').parse(params.get('sort')),
      order: order === 'asc' || order === 'desc' ? order : undefined,
      search: params.get('search')?.slice(0, 200) || undefined,
      failing: params.get('failing') === 'true' ? 'true' : undefined,
      ...Object.fromEntries(
        filters.map(name => [name, params.get(name) || undefined]),
      ),
    } satisfies FleetChoices,
    columns: columnIds.filter(id =>
      columns ? columns.includes(id) : shownUnlessSaid.includes(id),
    ),
  };
}

/** The way round that is read first: names from A, the others with what is worst. */
export function usual(sort: FleetSort): 'asc' | 'desc' {
  return ['name', 'owner', 'system'].includes(sort) ? 'asc' : 'desc';
}

function otherOrder(order: 'asc' | 'desc'): 'asc' | 'desc' {
  return order === 'asc' ? 'desc' : 'asc';
}
