import { metrics } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';

/**
 * Serves what the backend measures of itself to a Prometheus, at `/metrics` of a port of its own on the loopback interface.
 * Comes before the backend: its plugins ask for their meters when they start.
 */
export function exportMetrics(port: number): MeterProvider {
  const provider = new MeterProvider({
    readers: [new PrometheusExporter({ host: '127.0.0.1', port })],
  });
  metrics.setGlobalMeterProvider(provider);
  return provider;
}
