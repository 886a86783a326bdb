export { addCallers } from './addCallers';
export { alphaOf, planOfOne } from './alpha';
export { decideShare } from './decideShare';
export {
  beginCounting,
  countFromNewWeights,
  takeIn,
  type CountedBefore,
  type CountedEvidence,
  type CountedSlice,
  type CountPromql,
} from './CountedEvidence';
export {
  noMeasures,
  type Baseline,
  type Evidence,
  type VersionMeasures,
} from './Evidence';
export {
  unknownWords,
  type GateContext,
  type GateFinding,
} from './GateFinding';
export { breachCounts, judge, judgeYoung, type BreachCounts } from './judge';
export { withGrowth } from './withGrowth';
export { lostShare, mostLostShare } from './lostShare';
export { patienceOf } from './requestsLeft';
export { boundsOf, type ShareName } from './shareBounds';
export { judgeShare } from './shareGate';
export * from './quality';
