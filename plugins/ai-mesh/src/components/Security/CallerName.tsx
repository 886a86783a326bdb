import type { Caller } from '@ai-mesh/plugin-ai-mesh-common';
import { useAiMeshTranslation, type Translate } from '../../translation';

/**
 * How a caller is called on screen: by workload, else by principal, else as one that Istio cannot name.
 *
 * @param cluster - that of the called side: a caller in another one says so
 */
export function callerName(
  caller: Caller,
  t: Translate,
  cluster: string = caller.cluster,
): string {
  const name = nameAtHome(caller, t);
  return caller.cluster === cluster
    ? name
    : t('security.caller.elsewhere', { name, cluster: caller.cluster });
}

function nameAtHome(caller: Caller, t: Translate): string {
  if (caller.workload !== undefined) {
    return caller.namespace === undefined
      ? caller.workload
      : `${caller.namespace}/${caller.workload}`;
  }
  if (caller.principal !== undefined) {
    return caller.principal;
  }
  return caller.namespace === undefined
    ? t('security.caller.nameless')
    : t('security.caller.anyOf', { namespace: caller.namespace });
}

/** @see {@link callerName} */
export function CallerName(props: { caller: Caller; cluster: string }) {
  const { t } = useAiMeshTranslation();
  return <>{callerName(props.caller, t, props.cluster)}</>;
}
