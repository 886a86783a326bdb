/**
 * What other backend plugins use AI Mesh by.
 *
 * @packageDocumentation
 */
export * from './aiMeshServiceRef';
export * from './MetricDialect';
export * from './metricDialectsExtensionPoint';
