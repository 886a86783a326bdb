export * from './NotShown';
export * from './SortableTable';
export * from './sortRows';
export * from './useTableStyles';
