export * from './EntityIndex';
export * from './TopologyService';
