export * from './KubeObject';
export * from './ObjectStore';
export type { ResourceKind } from './ResourceKind';
export { resourceKinds } from './resourceKinds';
export * from './StoreError';
