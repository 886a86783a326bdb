/**
 * AI Mesh's checks as metrics of Red Hat Developer Hub's Scorecard plugin.
 *
 * @packageDocumentation
 */
export { scorecardModuleAiMesh as default } from './module';
export * from './checkMetricProviders';
