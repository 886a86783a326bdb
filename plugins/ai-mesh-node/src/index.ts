/**
 * What other backend plugins plug into AI Mesh.
 *
 * @packageDocumentation
 */
export {};
