export * from './CatalogEntityIndex';
export * from './EntityIndex';
export * from './TopologyService';
