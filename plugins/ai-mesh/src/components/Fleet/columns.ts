import type { FleetRow, FleetSort } from '@ai-mesh/plugin-ai-mesh-common';
import { parseEntityRef } from '@backstage/catalog-model';

/** The columns after the name, in their order. */
export const columnIds = [
  'owner',
  'system',
  'health',
  'rate',
  'errors',
  'p95',
  'trend',
  'mtls',
  'canary',
  'findings',
  'level',
  'budget',
  'burn',
  'cost',
  'models',
  'services',
] as const;

export type ColumnId = (typeof columnIds)[number];

/** From which width of the window on, in pixels, a column stands there until somebody chooses: nobody has to scroll sideways. */
const shownFrom: Partial<Record<ColumnId, number>> = {
  health: 0,
  rate: 0,
  errors: 0,
  p95: 0,
  canary: 0,
  findings: 0,
  level: 1280,
  mtls: 1440,
  owner: 1600,
  trend: 1600,
};

/** The widths at which the choice becomes another one, ascending. */
export const WIDTHS = [1280, 1440, 1600] as const;

/** The columns that stand there until somebody chooses. */
export function shownAt(width: number): readonly ColumnId[] {
  return columnIds.filter(id => (shownFrom[id] ?? Infinity) <= width);
}

/** What a column is sorted by; undefined: it is not. */
export function sortOf(column: ColumnId | 'name'): FleetSort | undefined {
  return column === 'services' || column === 'trend' ? undefined : column;
}

const figures: ReadonlySet<ColumnId | 'name'> = new Set([
  'rate',
  'errors',
  'p95',
  'budget',
  'burn',
  'cost',
  'models',
]);

export function isFigure(column: ColumnId | 'name'): boolean {
  return figures.has(column);
}

/** A row's name as people call it. */
export function rowName({ title, entityRef }: FleetRow): string {
  return title ?? parseEntityRef(entityRef).name;
}

/** Short, as the catalog's lists call it. */
export function nameOfRef(ref: string): string {
  const { namespace, name } = parseEntityRef(ref);
  return namespace === 'default' ? name : `${namespace}/${name}`;
}
