import { Pod } from '../mesh';
import { LabelSet } from './exposition';

/** The labels that Prometheus' Kubernetes discovery, as commonly set up, adds to what a pod exposes. */
export function podLabels({ name, workload }: Pod): LabelSet {
  return {
    namespace: workload.namespace,
    pod: name,
    app: workload.app === 'unknown' ? undefined : workload.app,
    version: workload.version === 'unknown' ? undefined : workload.version,
  };
}
