export * from './JaegerTracingClient';
export * from './TracingClient';
