/**
 * AI Mesh's facts and checks for Tech Insights.
 *
 * @packageDocumentation
 */
export { techInsightsModuleAiMesh as default } from './module';
export * from './aiMeshFactRetrievers';
export * from './aiMeshChecks';
