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

/** The widths of the window, in pixels, at which other columns stand there until somebody chooses. */
export const WIDTHS = [1280, 1440, 1600, 1920, 2240] as const;
const [NARROW, MIDDLE, WIDE, WIDER, WIDEST] = WIDTHS;

/** From which width on there is room for a column, so that nobody has to scroll sideways. */
const shownFrom: Partial<Record<ColumnId, number>> = {
  health: 0,
  rate: 0,
  errors: 0,
  p95: 0,
  canary: 0,
  findings: 0,
  level: NARROW,
  mtls: MIDDLE,
  owner: WIDE,
  trend: WIDE,
  budget: WIDER,
  burn: WIDEST,
  cost: WIDEST,
  models: WIDER,
};

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
  const [, namespace, name] = /^[^:/]+:([^:/]+)\/([^:/]+)$/.exec(ref) ?? [];
  if (name === undefined) {
    // Anything may stand in an address.
    return ref;
  }
  return namespace === 'default' ? name : `${namespace}/${name}`;
}
