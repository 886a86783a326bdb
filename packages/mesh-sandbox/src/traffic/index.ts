export * from './Conditions';
export * from './messages';
export { PodState } from './PodState';
export { ConnectionPool } from './ConnectionPool';
export { Random } from './Random';
export { Simulation } from './Simulation';
export * from './TrafficEngine';
export * from './TrafficObserver';
export type { BreakerPosition } from './ResilienceBreaker';
