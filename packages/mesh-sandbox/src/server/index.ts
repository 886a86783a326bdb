export type { ClusterAddresses, RunningCluster } from './serveCluster';
export * from './startMeshSandbox';
