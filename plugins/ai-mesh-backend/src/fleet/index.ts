export * from './FleetEntities';
export * from './FleetService';
