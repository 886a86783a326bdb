import { cloneJson } from '../../store/cloneJson';
import { fieldAt, numberAt } from '../../store/fieldAt';
import { KubeObject } from '../../store/KubeObject';
import { ApiContext } from '../ApiContext';
import { isJsonObject, JsonObject } from '../patch/Json';
import { ResourceRequest } from '../request/ResourceRequest';
import { RequestOptions } from '../request/writeOptions';
import { badRequest } from '../status/refusals';
import { Change, changeObject } from './changeObject';

/** The `autoscaling/v1` Scale of an object with replicas. */
export function scaleOf(object: KubeObject) {
  const { name, namespace, uid, resourceVersion, creationTimestamp } =
    object.metadata;
  const labels = fieldAt(object, 'spec.selector.matchLabels') ?? {};
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: numberAt(object, 'spec.replicas') },
    status: {
      replicas: numberAt(object, 'status.replicas'),
      selector: Object.entries(labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(','),
    },
  };
}

/** A write to `/scale`: changes `spec.replicas` and nothing else. */
export function changeScale(
  context: ApiContext,
  target: ResourceRequest,
  options: RequestOptions,
  change: Change,
) {
  const changed = changeObject(
    context,
    { ...target, subresource: undefined },
    options,
    current => {
      const scale = change(scaleOf(current));
      const replicas = fieldAt(scale, 'spec.replicas');
      if (!isJsonObject(scale) || typeof replicas !== 'number') {
        throw badRequest('a Scale with a number in spec.replicas is needed');
      }
      const next = cloneJson(current);
      next.spec = { ...(next.spec as JsonObject), replicas };
      const version = fieldAt(scale, 'metadata.resourceVersion');
      if (typeof version === 'string' && version !== '') {
        next.metadata.resourceVersion = version;
      }
      return next;
    },
  );
  return scaleOf(changed);
}
