export * from './CertificateMetrics';
export * from './EnvoyStats';
export * from './exposition';
export { quantile } from './Histogram';
export * from './IstioMetrics';
export * from './MeshMetrics';
export * from './MicrometerMetrics';
export * from './OpenTelemetryMetrics';
export * from './VllmMetrics';
