import { KubeObject } from '../../store/KubeObject';
import { ResourceKind } from '../../store/ResourceKind';
import { inVersion } from '../read/ObjectJson';
import { metadataOnly } from '../read/metadataOnly';
import { columnsOf } from './columns';

/** `includeObject` of a table request. */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

export interface TableOptions {
  kind: ResourceKind;
  /** The version that rows' objects are shown in. */
  apiVersion: string;
  includeObject: IncludeObject;
  now: Date;
  /** Rows of a watch after the first need no column definitions. */
  withoutColumns?: boolean;
}

/** A `meta.k8s.io/v1` Table, which `kubectl get` prints as it is. */
export function renderTable(
  objects: readonly KubeObject[],
  metadata: object,
  options: TableOptions,
) {
  const columns = columnsOf(options.kind);
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: options.withoutColumns
      ? null
      : columns.map(({ name, type, format, priority }) => ({
          name,
          type,
          format: format ?? '',
          description: '',
          priority: priority ?? 0,
        })),
    rows: objects.map(object => ({
      cells: columns.map(column => column.cell(object, options.now)),
      object: included(object, options),
    })),
  };
}

function included(
  object: KubeObject,
  { includeObject, apiVersion }: TableOptions,
) {
  if (includeObject === 'None') {
    return undefined;
  }
  return includeObject === 'Object'
    ? inVersion(object, apiVersion)
    : metadataOnly(object);
}
