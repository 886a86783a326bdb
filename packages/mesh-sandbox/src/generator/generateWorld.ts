import { parseBehaviour, World } from '../world';
import { ambientWorld } from './ambientWorld';
import { behaviourOf } from './behaviour';
import { manifestsOf } from './manifests';
import { planMesh } from './plan';
import { splitWorld } from './splitWorld';
import { withPods } from './withPods';

/** @public */
export interface GenerateOptions {
  /** Services of the mesh, besides Istio's own. */
  services: number;
  /** The same seed gives the same world. Defaults to 1. */
  seed?: number;
  /** Pods of the mesh, at least: the services' versions get more replicas, as evenly as may be. */
  pods?: number;
}

/** What a generated mesh is like: the names of the worlds that are. @public */
export type MeshShape = 'shop' | 'ambient' | 'two-clusters';

export const meshShapes: readonly MeshShape[] = [
  'shop',
  'ambient',
  'two-clusters',
];

/**
 * Makes a mesh of any size that is like one of the package's worlds: a world for each of its clusters.
 *
 * @public
 */
export function generateMesh(
  options: GenerateOptions & { shape?: MeshShape },
): World[] {
  const world = generateWorld(options);
  switch (options.shape) {
    case 'ambient':
      return [ambientWorld(world)];
    case 'two-clusters':
      return splitWorld(world);
    default:
      return [world];
  }
}

/**
 * Makes a world of any size: layers of services in namespaces of about twenty, some in several versions, with
 * routes, breakers, jobs without a proxy, and AI metrics in three dialects.
 *
 * @public
 */
export function generateWorld({
  services,
  seed = 1,
  pods = 0,
}: GenerateOptions): World {
  const plan = withPods(planMesh(services, seed), pods);
  return {
    objects: manifestsOf(plan),
    behaviour: parseBehaviour(behaviourOf(plan), 'the generated behaviour'),
  };
}
