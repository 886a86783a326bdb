export * from './EntityIndex';
export * from './OwningEntities';
export * from './TopologyService';
