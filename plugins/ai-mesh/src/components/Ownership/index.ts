export * from './ClaimsNotice';
export * from './ContestedClaimsPage';
