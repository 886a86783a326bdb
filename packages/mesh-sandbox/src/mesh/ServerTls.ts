import { selects } from './kubernetesObjects';
import { ObjectStore } from '../store';
import { MeshSettings, MtlsMode, PeerAuthentication } from './istioObjects';
import { Workload } from './model';

export type ServerMode = Exclude<MtlsMode, 'UNSET'>;

/**
 * Which traffic a workload's proxy accepts on a port: the port's own setting, then the workload's policy, the
 * namespace's, the mesh's, and PERMISSIVE at last. Of two policies at one level the oldest counts, as in Istio.
 */
export class ServerTls {
  private readonly policies: PeerAuthentication[];
  private readonly cache = new Map<Workload, Map<number, ServerMode>>();

  constructor(
    store: ObjectStore,
    private readonly settings: MeshSettings,
  ) {
    this.policies = store
      .list<PeerAuthentication>('security.istio.io', 'PeerAuthentication')
      .slice()
      .sort(
        (a, b) =>
          Date.parse(a.metadata.creationTimestamp ?? '') -
          Date.parse(b.metadata.creationTimestamp ?? ''),
      );
  }

  /** @param port - the workload's own port, not its Service's */
  modeOf(workload: Workload, port: number): ServerMode {
    let ofWorkload = this.cache.get(workload);
    if (!ofWorkload) {
      ofWorkload = new Map();
      this.cache.set(workload, ofWorkload);
    }
    let mode = ofWorkload.get(port);
    if (!mode) {
      mode = this.resolve(workload, port);
      ofWorkload.set(port, mode);
    }
    return mode;
  }

  private resolve(workload: Workload, port: number): ServerMode {
    const own = this.policies.find(
      ({ metadata, spec }) =>
        metadata.namespace === workload.namespace &&
        selects(spec?.selector?.matchLabels, workload.labels),
    );
    return (
      set(own?.spec?.portLevelMtls?.[String(port)]?.mode) ??
      set(own?.spec?.mtls?.mode) ??
      set(this.widePolicy(workload.namespace)?.spec?.mtls?.mode) ??
      set(this.widePolicy(this.settings.rootNamespace)?.spec?.mtls?.mode) ??
      'PERMISSIVE'
    );
  }

  private widePolicy(namespace: string): PeerAuthentication | undefined {
    return this.policies.find(
      ({ metadata, spec }) =>
        metadata.namespace === namespace &&
        Object.keys(spec?.selector?.matchLabels ?? {}).length === 0,
    );
  }
}

function set(mode: MtlsMode | undefined): ServerMode | undefined {
  return mode === 'UNSET' ? undefined : mode;
}
