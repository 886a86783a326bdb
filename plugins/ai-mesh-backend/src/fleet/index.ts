export * from './FleetEntities';
export * from './FleetService';
export * from './FleetStandings';
