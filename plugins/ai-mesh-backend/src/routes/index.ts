export * from './EffectiveRoutes';
export * from './duration';
export * from './hosts';
export * from './resolveRoutes';
export * from './routedServices';
export * from './RoutesService';
