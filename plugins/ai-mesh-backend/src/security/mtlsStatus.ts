import {
  said,
  wording,
  wordsOf,
  type Caller,
  type CallerMtls,
  type MtlsConflict,
  type ServiceMtls,
  type StrictReadiness,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { CalledService } from './callerPairs';
import type { LookBack } from './LookBack';
import { aboutSetting } from '../routes/aboutSetting';

/** Names in one sentence. */
const MOST_NAMES = 3;

/** The service's state in one word and one sentence: what refuses or is switched off comes before what is seen. */
export function mtlsStatus(inputs: {
  called: CalledService;
  callers: readonly CallerMtls[];
  conflicts: readonly MtlsConflict[];
  readiness: StrictReadiness;
  lookBack: LookBack;
}): Pick<ServiceMtls, 'status' | 'message' | 'words'> {
  const { called, callers, conflicts, readiness, lookBack } = inputs;
  const ports = called.workloads.flatMap(workload =>
    workload.ports.map(port => ({ ...port, workload: workload.workload.name })),
  );
  if (ports.length === 0) {
    return {
      status: 'unknown',
      ...said(
        ...(readiness.status === 'unknown'
          ? wordsOf(readiness)
          : [wording('mtls.noWorkload')]),
      ),
    };
  }
  if (conflicts.length > 0) {
    return { status: 'conflict', ...said(...wordsOf(conflicts[0])) };
  }
  const bare = called.workloads.filter(
    ({ proxy }) => proxy === 'none' || proxy === 'mixed',
  );
  if (bare.length > 0) {
    return {
      status: 'disabled',
      ...said(
        wording('mtls.podsWithoutProxy', {
          names: bare.map(({ workload }) => workload.name).join(', '),
        }),
      ),
    };
  }
  const off = ports.find(({ mode }) => mode === 'DISABLE');
  if (off) {
    return {
      status: 'disabled',
      ...said(
        off.decidedBy
          ? aboutSetting('mtls.switchedOff', off.decidedBy, {
              port: off.port,
              workload: off.workload,
            })
          : wording('mtls.switchedOffByPolicy', {
              port: off.port,
              workload: off.workload,
            }),
      ),
    };
  }
  if (ports.some(({ mode }) => mode === 'UNKNOWN')) {
    return {
      status: 'unknown',
      ...said(wording('mtls.policiesUnread')),
    };
  }
  const refused = callers.filter(
    ({ plaintextBecause, pairs }) =>
      plaintextBecause &&
      pairs.length > 0 &&
      pairs.every(({ outcome }) => outcome === 'refused'),
  );
  if (refused.length > 0) {
    return {
      status: 'conflict',
      ...said(callersSeen('mtls.refusedCallers', refused, lookBack)),
    };
  }
  if (readiness.status === 'strict') {
    return {
      status: 'strict',
      ...said(wording('mtls.strict')),
    };
  }
  const plaintext = callers.filter(({ plaintextBecause }) => plaintextBecause);
  if (plaintext.length > 0) {
    return {
      status: 'mixed',
      ...said(callersSeen('mtls.plaintextCallers', plaintext, lookBack)),
    };
  }
  if (readiness.status === 'unknown') {
    return { status: 'unknown', ...said(...wordsOf(readiness)) };
  }
  return {
    status: 'ready',
    ...said(wording('mtls.ready', { lookBack: lookBack.seconds })),
  };
}

/**
 * What is refused is counted nowhere: that it was seen before, and would come in plaintext still, is all that is known of
 * refused callers.
 */
function callersSeen(
  what: 'mtls.plaintextCallers' | 'mtls.refusedCallers',
  callers: readonly CallerMtls[],
  { seconds }: LookBack,
): Words {
  const shown = callers.slice(0, MOST_NAMES);
  const more = callers.length - shown.length;
  const each = shown.map(({ caller, plaintextBecause }, index) => {
    const name = callerName(caller);
    const place = `name${index + 1}`;
    return {
      params: { ...(name !== undefined && { [place]: name }) },
      terms: {
        ...(name === undefined && { [place]: 'callers.nameless' as const }),
        [`reason${index + 1}`]: `reason.${plaintextBecause!.kind}` as const,
      },
    };
  });
  return wording(
    `${what}.${callers.length === 1 ? 'one' : 'many'}`,
    Object.assign(
      { count: callers.length, more, lookBack: seconds },
      ...each.map(({ params }) => params),
    ),
    Object.assign(
      {
        callers:
          more > 0 ? 'callers.more' : (`callers.${shown.length}` as const),
      },
      ...each.map(({ terms }) => terms),
    ),
  );
}

/** `ai/batch`, or a principal; undefined where Istio could not name it. */
function callerName({ namespace, workload, principal }: Caller) {
  return workload === undefined ? principal : `${namespace}/${workload}`;
}
