import { KubeObject } from '../store';
import { Behaviour } from './Behaviour';

/** Everything that a sandbox starts from. */
export interface World {
  /** Kubernetes objects, without pods and endpoints: those follow from them. */
  objects: KubeObject[];
  behaviour: Behaviour;
}
