/**
 * What other backend plugins use AI Mesh by.
 *
 * @packageDocumentation
 */
export * from './aiMeshServiceRef';
