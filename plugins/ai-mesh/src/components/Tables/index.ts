export * from './SortableTable';
export * from './sortRows';
