/**
 * AI Mesh's backend.
 *
 * @packageDocumentation
 */
export { aiMeshPlugin as default } from './plugin';
