export {
  noMeasures,
  type Baseline,
  type Evidence,
  type VersionMeasures,
} from './Evidence';
export type { GateContext } from './GateFinding';
export {
  breachCounts,
  judge,
  judgeEndpoints,
  type BreachCounts,
} from './judge';
export { lostShare } from './lostRequests';
