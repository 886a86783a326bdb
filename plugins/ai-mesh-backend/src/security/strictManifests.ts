import type {
  RefusedCaller,
  StrictManifest,
  Words,
  WorkloadName,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject, ServiceObject } from '../kubernetes/kinds';
import { hasLabels } from '../kubernetes/labels';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { applicable, toYaml } from '../manifest';
import { objectRef } from '../routes/objectRef';
import { firstOf } from './firstOf';
import {
  workloadsBehind,
  workloadsIn,
  type MeshWorkload,
} from './MeshWorkload';
import { peerLevels } from './peerLevels';
import type { PeerPolicy } from './PeerPolicy';

/** More than a person would read; those that were seen come first. */
const MOST_REFUSED = 50;

/** A port that must go on taking plaintext, by the workload's number. */
export interface PortException {
  readonly port: number;
  readonly mode: 'PERMISSIVE' | 'DISABLE';
  readonly message: string;
  readonly words: Words[];
}

/** Who would be refused if these workloads took nothing but mutual TLS. */
export type Preview = (workloads: readonly WorkloadName[]) => RefusedCaller[];

/**
 * The PeerAuthentications that make a service STRICT: one for its workloads (or the policies that they have already),
 * and, where no workload has a policy of its own and no port is excepted, one for the whole namespace.
 */
export function strictManifests(
  snapshot: MeshSnapshot,
  service: ServiceObject,
  exceptions: readonly PortException[],
  preview: Preview,
): StrictManifest[] {
  const { namespace = '' } = service.metadata;
  const workloads = workloadsBehind(snapshot, service).map(workload => ({
    workload,
    own: peerLevels(snapshot, workload).workload[0],
  }));
  if (workloads.length === 0) {
    return [];
  }
  const manifest = (
    scope: StrictManifest['scope'],
    object: ConfigObject,
    creates: boolean,
    affected: readonly MeshWorkload[],
  ): StrictManifest => {
    const names = affected.map(({ name }) => name);
    const { shown, more } = firstOf(preview(names), MOST_REFUSED);
    return {
      scope,
      object: objectRef(snapshot, object),
      creates,
      yaml: toYaml(object),
      exceptions: [...exceptions],
      workloads: names,
      wouldRefuse: shown,
      ...(more !== undefined && { moreRefused: more }),
    };
  };
  const edited = [...new Set(workloads.flatMap(({ own }) => own ?? []))].map(
    policy =>
      manifest(
        'workload',
        edit(policy, exceptions),
        false,
        workloadsIn(snapshot, namespace).filter(
          workload => peerLevels(snapshot, workload).workload[0] === policy,
        ),
      ),
  );
  const without = workloads.filter(({ own }) => !own);
  const created = selectors(service, without, workloads.length).map(
    (selector, index) =>
      manifest(
        'workload',
        create(snapshot, service, selector, index, exceptions),
        true,
        without
          .map(({ workload }) => workload)
          .filter(({ labels }) => hasLabels(labels, selector)),
      ),
  );
  const wide =
    exceptions.length === 0 &&
    edited.length === 0 &&
    namespace !== snapshot.rootNamespace
      ? [namespaceManifest(snapshot, namespace, manifest)]
      : [];
  return [...wide, ...edited, ...created].sort(
    (a, b) => observed(a).length - observed(b).length,
  );
}

function observed({ wouldRefuse }: StrictManifest): RefusedCaller[] {
  return wouldRefuse.filter(({ from }) => from === 'observation');
}

/** The Service's selector where it is for all of them, else each workload's labels. */
function selectors(
  service: ServiceObject,
  without: readonly { workload: MeshWorkload }[],
  total: number,
): Record<string, string>[] {
  const selector = service.spec?.selector ?? {};
  if (without.length === total && Object.keys(selector).length > 0) {
    return [selector];
  }
  return without.map(({ workload }) =>
    Object.fromEntries(
      Object.entries(workload.labels).filter(
        // It changes at every roll-out.
        ([name]) => !/pod-template-hash$|controller-uid$/.test(name),
      ),
    ),
  );
}

/** The policy with STRICT for everything but the exceptions; a PeerAuthentication has nothing else but its selector. */
function edit(
  { object }: PeerPolicy,
  exceptions: readonly PortException[],
): ConfigObject {
  return applicable({
    ...object,
    spec: {
      ...(object.spec?.selector !== undefined && {
        selector: object.spec.selector,
      }),
      ...strictSpec(exceptions),
    },
  });
}

function create(
  snapshot: MeshSnapshot,
  service: ServiceObject,
  selector: Record<string, string>,
  index: number,
  exceptions: readonly PortException[],
): ConfigObject {
  const { namespace = '', name } = service.metadata;
  const wanted = `${name}-strict${index > 0 ? `-${index + 1}` : ''}`;
  return peerAuthentication(snapshot, namespace, wanted, {
    selector: { matchLabels: selector },
    ...strictSpec(exceptions),
  });
}

function strictSpec(
  exceptions: readonly PortException[],
): Record<string, unknown> {
  return {
    mtls: { mode: 'STRICT' },
    ...(exceptions.length > 0 && {
      portLevelMtls: Object.fromEntries(
        exceptions.map(({ port, mode }) => [String(port), { mode }]),
      ),
    }),
  };
}

function namespaceManifest(
  snapshot: MeshSnapshot,
  namespace: string,
  manifest: (
    scope: 'namespace',
    object: ConfigObject,
    creates: boolean,
    affected: readonly MeshWorkload[],
  ) => StrictManifest,
): StrictManifest {
  const affected = workloadsIn(snapshot, namespace).filter(
    workload =>
      workload.proxy !== 'none' &&
      (peerLevels(snapshot, workload).workload[0]?.mode ?? 'inherit') ===
        'inherit',
  );
  const [present] = peerLevels(snapshot, {
    name: { kind: '', namespace, name: '' },
    labels: {},
  }).namespace;
  return present
    ? manifest('namespace', edit(present, []), false, affected)
    : manifest(
        'namespace',
        peerAuthentication(snapshot, namespace, 'default', strictSpec([])),
        true,
        affected,
      );
}

/** A new one, under a name that is free. */
function peerAuthentication(
  snapshot: MeshSnapshot,
  namespace: string,
  wanted: string,
  spec: Record<string, unknown>,
): ConfigObject {
  let name = wanted;
  for (
    let count = 2;
    snapshot.get('PeerAuthentication', namespace, name);
    count += 1
  ) {
    name = `${wanted}-${count}`;
  }
  return {
    apiVersion:
      snapshot.state('PeerAuthentication').apiVersion ?? 'security.istio.io/v1',
    kind: 'PeerAuthentication',
    metadata: { name, namespace },
    spec,
  };
}
