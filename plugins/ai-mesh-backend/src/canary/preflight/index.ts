export { chooseRoute, type RouteCandidate } from './chooseRoute';
export type {
  PreflightResult,
  PreflightSubject,
  RunPreflight,
} from './PreflightSubject';
export { preflightOf } from './runPreflight';
