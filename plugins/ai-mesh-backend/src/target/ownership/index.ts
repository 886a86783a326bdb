export { CatalogClaims } from './CatalogClaims';
export { ContestedClaims } from './ContestedClaims';
export { HiddenNeighbours, type Neighbour } from './HiddenNeighbours';
export type { Ownership } from './Ownership';
export type { OwnershipSettings } from './OwnershipSettings';
export { isProven, requireProof, whyNotProven } from './proveOwnership';
export { ServiceOwnerships } from './ServiceOwnerships';
export { TargetsForReaders, type Readers } from './TargetsForReaders';
export { mayReadByClaim } from './mayReadByClaim';
