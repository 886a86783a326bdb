import {
  FAILURE_MODE_LABEL,
  MeshModel,
  MeshService,
  PICKER_LABEL,
  Pod,
  poolOf,
  serviceHost,
} from '../mesh';
import { PodState } from './PodState';

/** The pod of a pool's endpoint picker that answers; undefined where none does. */
export function endpointPickerOf(
  { services }: MeshModel,
  { labels, namespace }: MeshService,
): Pod | undefined {
  const host = serviceHost(labels[PICKER_LABEL] ?? '', namespace);
  // Of several, the elected one answers.
  return services.get(host)?.pods.find(({ ready }) => ready);
}

/** Whether a gateway refuses a pool's requests, because nobody picks an endpoint for them. */
export function lacksPicker(model: MeshModel, service: MeshService): boolean {
  return (
    poolOf(service) !== undefined &&
    service.labels[FAILURE_MODE_LABEL] !== 'FailOpen' &&
    endpointPickerOf(model, service) === undefined
  );
}

/** What an endpoint picker looks at above all: how many requests a model server has already. */
export function leastLoaded(
  pods: readonly Pod[],
  stateOf: (pod: Pod) => PodState,
): Pod {
  const load = (pod: Pod) => stateOf(pod).busy + stateOf(pod).queue.length;
  return pods.reduce((best, pod) => (load(pod) < load(best) ? pod : best));
}
