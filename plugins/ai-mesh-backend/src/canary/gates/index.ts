export {
  beginCounting,
  boundsOf,
  countFromNewWeights,
  takeIn,
  type CountedBefore,
  type CountedEvidence,
  addCallers,
  type CountedSlice,
  type CountPromql,
  type ShareName,
} from './CountedEvidence';
export {
  noMeasures,
  type Baseline,
  type Evidence,
  type VersionMeasures,
} from './Evidence';
export type { GateContext, GateFinding } from './GateFinding';
export { breachCounts, judge, judgeYoung, type BreachCounts } from './judge';
export { withGrowth } from './withGrowth';
export { lostShare, mostLostShare } from './lostShare';
export { judgeShare } from './shareGate';
export * from './quality';
