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
  'mtls',
  'canary',
  'services',
] as const;

export type ColumnId = (typeof columnIds)[number];

/** The columns that stand there until somebody chooses. */
export const shownUnlessSaid: readonly ColumnId[] = [
  'owner',
  'health',
  'rate',
  'errors',
  'p95',
  'mtls',
  'canary',
];

/** What a column is sorted by; undefined: it is not. */
export function sortOf(column: ColumnId | 'name'): FleetSort | undefined {
  return column === 'services' ? undefined : column;
}

export function isFigure(column: ColumnId | 'name'): boolean {
  return column === 'rate' || column === 'errors' || column === 'p95';
}

/** A row's name as people call it. */
export function rowName({ title, entityRef }: FleetRow): string {
  return title ?? parseEntityRef(entityRef).name;
}
