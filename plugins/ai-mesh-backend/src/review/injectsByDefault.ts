import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';

const REVISION = 'istio.io/rev';
const INJECTOR = 'istio-sidecar-injector';

/**
 * Whether a control plane puts proxies into pods of namespaces that say nothing, as its injector's ConfigMap has it; of one
 * that is too long to be read that is not known.
 */
export function injectsByDefault(
  snapshot: MeshSnapshot,
  namespace: string,
): boolean | 'too long' {
  const revision = snapshot.get('Namespace', '', namespace)?.metadata.labels?.[
    REVISION
  ];
  const name =
    revision === undefined || revision === 'default'
      ? INJECTOR
      : `${INJECTOR}-${revision}`;
  return (
    snapshot.get('ConfigMap', snapshot.rootNamespace, name)?.data
      ?.injectsByDefault ?? false
  );
}
