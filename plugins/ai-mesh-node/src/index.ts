/**
 * What other backend plugins use AI Mesh by.
 *
 * @packageDocumentation
 */
export * from './aiMeshServiceRef';
export * from './canaryGatesExtensionPoint';
export * from './MetricDialect';
export * from './metricDialectsExtensionPoint';
