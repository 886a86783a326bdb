export { ownershipOperations, ownershipRouter } from './ownershipRouter';
