import { createHash } from 'crypto';
import { KubeObject } from '../store';
import { BackendRef } from './istioObjects';
import { MeshService } from './model';

/** The group of the Gateway API's inference extension. */
export const INFERENCE_GROUP = 'inference.networking.k8s.io';

/** Istio's labels of the Service that it keeps for a pool. */
export const POOL_LABEL = 'istio.io/inferencepool-name';
export const PICKER_LABEL = 'istio.io/inferencepool-extension-service';
export const PICKER_PORT_LABEL = 'istio.io/inferencepool-extension-port';
export const FAILURE_MODE_LABEL =
  'istio.io/inferencepool-extension-failure-mode';

/** Pods that serve the same model, and who picks one of them for a request. */
export interface InferencePool extends KubeObject {
  spec: {
    selector: { matchLabels: Record<string, string> };
    targetPorts: { number: number }[];
    endpointPickerRef: {
      name: string;
      port?: { number: number };
      failureMode?: 'FailOpen' | 'FailClose';
    };
  };
}

const LONGEST_NAME = 63;
const HASH_LENGTH = 8;

/**
 * The Service that Istio keeps for a pool, and by which its metrics call it; as `InferencePoolServiceName` of Istio's
 * `pilot/pkg/config/kube/gateway/inferencepool_collection.go`.
 */
export function shadowServiceName(pool: string): string {
  const hash = createHash('sha256')
    .update(pool)
    .digest('hex')
    .slice(0, HASH_LENGTH);
  const suffix = `-ip-${hash}`;
  return `${pool.slice(0, LONGEST_NAME - suffix.length)}${suffix}`;
}

export function isPool({ kind }: BackendRef): boolean {
  return kind === 'InferencePool';
}

/** The pool that a Service stands for. */
export function poolOf({ labels }: MeshService): string | undefined {
  return labels[POOL_LABEL];
}
