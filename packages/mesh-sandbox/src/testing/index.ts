/**
 * The sandbox as a process of its own, for tests of what reads a mesh.
 *
 * @packageDocumentation
 */
export * from './startSandbox';
