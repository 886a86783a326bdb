export { aboutService } from './aboutService';
export { CatalogClaims } from './CatalogClaims';
export {
  ClaimedTargets,
  type ClaimedService,
  type ClaimedTarget,
} from './ClaimedTargets';
export type { Conceal } from './Conceal';
export { ContestedClaims } from './ContestedClaims';
export {
  HiddenNeighbours,
  type HiddenNeighboursOptions,
  type OwnThings,
} from './HiddenNeighbours';
export { namesInText } from './namesInText';
export type { Neighbour } from './Neighbour';
export type { Ownership } from './Ownership';
export type { OwnershipSettings } from './OwnershipSettings';
export { isProven, requireProof, whyNotProven } from './proveOwnership';
export { ServiceOwnerships } from './ServiceOwnerships';
export { ownershipFor, toldEvidence } from './tellOwnership';
export { SystemTargets } from './SystemTargets';
export { TargetsForReaders, type Readers } from './TargetsForReaders';
export { mayReadByClaim } from './mayReadByClaim';
