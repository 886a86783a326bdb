export * from './MeanEvidence';
export { LEAST_VALUES, meanInterval } from './meanTest';
export {
  meanOf,
  momentsOfBuckets,
  NO_VALUES,
  plusMoments,
  type Moments,
} from './Moments';
export * from './ShareEvidence';
export { shareInterval } from './shareTest';
export { shareOf, type Slice, type Tally } from './Tally';
export { waldRequests } from './wald';
