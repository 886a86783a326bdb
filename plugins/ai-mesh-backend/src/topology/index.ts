export * from './EntityIndex';
export * from './OwningEntities';
export * from './TopologyService';
export * from './MeshWide';
export * from './WholeMesh';
export * from './ReplayService';
