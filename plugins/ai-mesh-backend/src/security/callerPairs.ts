import type {
  PairMtls,
  PortMtls,
  ProxyMode,
  ServerMode,
  WorkloadMtls,
} from '@ai-mesh/plugin-ai-mesh-common';
import { hasLabels } from '../kubernetes/labels';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { pointsOfView, type CallerScope } from './callerDestinationRules';
import { clientMtls, subsetsWithTls } from './clientMtls';
import { mtlsOutcome } from './outcome';

/** The called side as far as a caller meets it. */
export interface CalledService {
  /** Full host name. */
  readonly host: string;
  readonly workloads: readonly (WorkloadMtls & {
    readonly labels: Readonly<Record<string, string>>;
  })[];
}

/** The calling side of a pair. */
export type PairCaller = CallerScope & { readonly proxy: ProxyMode };

export interface PairOptions {
  readonly autoMtls: boolean;
  /** What the called side would take instead of what it takes; absent: as it is. */
  readonly asIf?: (port: PortMtls) => ServerMode;
}

/** As {@link callerPairs}, once for all callers that see the same: there may be thousands of them. */
export function pairsByView(
  snapshot: MeshSnapshot,
  called: CalledService,
  options: PairOptions,
): (caller: PairCaller) => readonly PairMtls[] {
  const viewOf = pointsOfView(snapshot, called.host);
  const found = new Map<string, readonly PairMtls[]>();
  return caller => {
    const { namespace, labels, proxy } = caller;
    const key = JSON.stringify([viewOf(namespace), labels, proxy]);
    const pairs =
      found.get(key) ?? callerPairs(snapshot, caller, called, options);
    found.set(key, pairs);
    return pairs;
  };
}

/** What one caller's calls come to, on every port of every workload; subsets with settings of their own apart. */
export function callerPairs(
  snapshot: MeshSnapshot,
  caller: PairCaller,
  called: CalledService,
  options: PairOptions,
): PairMtls[] {
  const subsets = subsetsWithTls(snapshot, caller, called.host);
  return called.workloads.flatMap(({ workload, labels, ports }) =>
    ports.flatMap(port =>
      port.servicePorts.flatMap(servicePort =>
        [
          undefined,
          ...subsets.filter(subset => hasLabels(labels, subset.labels)),
        ].map(subset => {
          const client = clientMtls(snapshot, {
            caller,
            host: called.host,
            port: servicePort.port,
            autoMtls: options.autoMtls,
            ...(subset && { subset: subset.name }),
          });
          const server = options.asIf?.(port) ?? port.mode;
          return {
            workload,
            port: servicePort.port,
            ...(subset && { subset: subset.name }),
            client,
            server,
            ...mtlsOutcome(client.mode, server),
          };
        }),
      ),
    ),
  );
}
