import type { TracingSettings } from '../config/settings';
import { FoundOutTracingClient } from './FoundOutTracingClient';
import { JaegerTracingClient } from './JaegerTracingClient';
import { TempoTracingClient } from './TempoTracingClient';
import type { TracingClient } from './TracingClient';

/** The client of a cluster's tracing system; what it is is found out where the settings do not say. */
export function createTracingClient(options: {
  cluster: string;
  settings: TracingSettings;
}): TracingClient {
  switch (options.settings.type) {
    case 'jaeger':
      return new JaegerTracingClient(options);
    case 'tempo':
      return new TempoTracingClient(options);
    default:
      return new FoundOutTracingClient(options);
  }
}
