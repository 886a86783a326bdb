import { MeshModel, Pod } from '../mesh';
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
  readonly behaviours: Behaviours;
  /** The mesh as of the latest tick. */
  readonly model: MeshModel;
  stateOf(pod: Pod): PodState;
}
