export type { ClusterAddresses, RunningCluster } from './serveCluster';
export * from './startMeshSandbox';
export type { GitHostAddresses, GitTokens } from '../git';
