/**
 * AI Mesh's actions for software templates.
 *
 * @packageDocumentation
 */
export { scaffolderModuleAiMesh as default } from './module';
