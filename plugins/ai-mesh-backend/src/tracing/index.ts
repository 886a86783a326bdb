export * from './createTracingClient';
export * from './isOfService';
export { MODEL_ATTRIBUTES } from './attributes';
export * from './TracingClient';
