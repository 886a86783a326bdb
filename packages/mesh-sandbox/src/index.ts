/**
 * An Istio mesh in one process: Kubernetes API, traffic, metrics and Kiali, for demos and tests.
 *
 * @packageDocumentation
 */
export { main } from './cli/main';
export {
  generateMesh,
  generateWorld,
  writeWorld,
  type GenerateOptions,
  type MeshShape,
} from './generator';
export * from './server';
export { builtInWorld, InvalidWorld, readMesh, readWorld } from './world';
export type { World, Behaviour, BehaviourFile } from './world';
