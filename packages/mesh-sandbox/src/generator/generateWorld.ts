import { parseBehaviour, World } from '../world';
import { behaviourOf } from './behaviour';
import { manifestsOf } from './manifests';
import { planMesh } from './plan';

/** @public */
export interface GenerateOptions {
  /** Services of the mesh, besides Istio's own. */
  services: number;
  /** The same seed gives the same world. Defaults to 1. */
  seed?: number;
}

/**
 * Makes a world of any size: layers of services in namespaces of about twenty, some in several versions, with
 * routes, breakers, jobs without a proxy, and AI metrics in three dialects.
 *
 * @public
 */
export function generateWorld({ services, seed = 1 }: GenerateOptions): World {
  const plan = planMesh(services, seed);
  return {
    objects: manifestsOf(plan),
    behaviour: parseBehaviour(behaviourOf(plan), 'the generated behaviour'),
  };
}
