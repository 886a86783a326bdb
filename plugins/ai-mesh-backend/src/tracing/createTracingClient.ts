import type { TracingSettings } from '../config/settings';
import { FoundOutTracingClient } from './FoundOutTracingClient';
import { JaegerTracingClient } from './JaegerTracingClient';
import { PatientTracingClient } from './PatientTracingClient';
import { TempoTracingClient } from './TempoTracingClient';
import type { TracingClient } from './TracingClient';

interface Options {
  cluster: string;
  settings: TracingSettings;
}

/** The client of a cluster's tracing system; what it is is found out where the settings do not say. */
export function createTracingClient(options: Options): TracingClient {
  return new PatientTracingClient(clientOf(options), options);
}

function clientOf(options: Options): TracingClient {
  switch (options.settings.type) {
    case 'jaeger':
      return new JaegerTracingClient(options);
    case 'tempo':
      return new TempoTracingClient(options);
    default:
      return new FoundOutTracingClient(options);
  }
}
