import { MeshModel, Pod, Workload } from '../mesh';
import { Behaviours } from './Behaviours';
import { Conditions } from './Conditions';
import { PodState } from './PodState';
import { Random } from './Random';
import { Simulation } from './Simulation';
import { TrafficObserver } from './TrafficObserver';

/** What everything that moves in the mesh shares. */
export interface TrafficContext {
  readonly simulation: Simulation;
  readonly random: Random;
  /** A chance of its own, so that what is traced changes nothing in the traffic. */
  readonly tracingRandom: Random;
  readonly observer: TrafficObserver;
  readonly conditions: Conditions;
  /** The mesh as of the latest tick, as a workload's cluster sees it. */
  meshOf(workload: Workload): MeshModel;
  behavioursOf(workload: Workload): Behaviours;
  /** The ready pod of a cluster's east-west gateway; undefined where there is none. */
  eastWestGateway(cluster: string): Pod | undefined;
  stateOf(pod: Pod): PodState;
}
