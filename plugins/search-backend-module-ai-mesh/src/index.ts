/**
 * AI Mesh in Backstage's search.
 *
 * @packageDocumentation
 */
export { searchModuleAiMesh as default } from './module';
export * from './AiMeshCollatorFactory';
