export * from './KubeObject';
export * from './ObjectStore';
export type { ObjectName } from './Shelf';
export type { StoreChange } from './StoreChange';
export type { ResourceKind } from './ResourceKind';
export { resourceKinds } from './resourceKinds';
export * from './StoreError';
export { cloneJson } from './cloneJson';
export { equalJson } from './equalJson';
