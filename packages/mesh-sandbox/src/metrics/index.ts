export * from './CertificateMetrics';
export * from './EnvoyStats';
export * from './exposition';
export * from './IstioMetrics';
export * from './MeshMetrics';
export * from './MicrometerMetrics';
export * from './OpenTelemetryMetrics';
export * from './VllmMetrics';
