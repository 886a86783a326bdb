export * from './ShareEvidence';
export { shareInterval } from './shareTest';
export { shareOf, type Slice, type Tally } from './Tally';
export { waldRequests } from './wald';
