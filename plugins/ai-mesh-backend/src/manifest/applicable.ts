import { stringify } from 'yaml';
import type { ConfigObject, KubernetesObject } from '../kubernetes/kinds';

/** What `kubectl apply` itself keeps: the object as it was last applied, which it would be wrong to apply again. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The object without what only the API server may write, so that it can be applied again, changed. */
export function applicable(object: KubernetesObject): ConfigObject {
  const { namespace, name, labels, annotations = {} } = object.metadata;
  const kept = Object.entries(annotations).filter(
    ([key]) => key !== LAST_APPLIED,
  );
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      ...(labels && { labels }),
      ...(kept.length > 0 && { annotations: Object.fromEntries(kept) }),
    },
    ...(object.spec !== undefined && {
      spec: object.spec as Record<string, unknown>,
    }),
  };
}

/** YAML for `kubectl apply -f`, every reference written out. */
export function toYaml(object: ConfigObject): string {
  return stringify(object, { aliasDuplicateObjects: false, lineWidth: 0 });
}
