export * from './fleetRouter';
