import type { Caller } from '@ai-mesh/plugin-ai-mesh-common';
import { useAiMeshTranslation, type Translate } from '../../translation';

/** How a caller is called on screen: by workload, else by principal, else as one that Istio cannot name. */
export function callerName(caller: Caller, t: Translate): string {
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
export function CallerName(props: { caller: Caller }) {
  const { t } = useAiMeshTranslation();
  return <>{callerName(props.caller, t)}</>;
}
