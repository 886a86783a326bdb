export * from './ClaimsNotice';
export * from './ContestedClaimsView';
