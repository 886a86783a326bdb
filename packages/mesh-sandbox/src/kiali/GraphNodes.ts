import { createHash } from 'crypto';
import { MeshModel, MeshService, Workload } from '../mesh';
import { rateText } from './numbers';

export type GraphType = 'app' | 'service' | 'versionedApp' | 'workload';

export interface GraphNode {
  id: string;
  parent?: string;
  nodeType: 'app' | 'box' | 'service' | 'unknown' | 'workload';
  cluster: string;
  namespace: string;
  [field: string]: unknown;
}

interface Entry {
  data: GraphNode;
  /** By protocol, then by rate. */
  rates: Map<string, Map<string, number>>;
  services: Map<string, { cluster: string; namespace: string; name: string }>;
  called: boolean;
}

/** The nodes of one graph: each thing that called or was called, once. */
export class GraphNodes {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly model: MeshModel,
    private readonly options: {
      cluster: string;
      graphType: GraphType;
      namespaces: readonly string[];
      /** Ids are opaque hashes; of which kind depends on the version. */
      hash: 'md5' | 'sha256';
      /** Marks of configuration (`hasCB`, `hasVS`, ...) of a service. */
      badges: (service: MeshService) => Record<string, unknown>;
    },
  ) {}

  get list(): { data: GraphNode }[] {
    return [...this.entries.values()].map(
      ({ data, rates, services, called }) => ({
        data: {
          ...data,
          ...(services.size > 0 && { destServices: [...services.values()] }),
          ...(rates.size > 0 && {
            traffic: [...rates].map(([protocol, values]) => ({
              protocol,
              rates: Object.fromEntries(
                [...values].map(([name, rate]) => [name, rateText(rate)]),
              ),
            })),
          }),
          healthData: null,
          ...(!called && data.nodeType !== 'box' && { isRoot: true }),
        },
      }),
    );
  }

  /** @returns the node's id */
  workload(workload: Workload | undefined): string {
    if (!workload) {
      return this.node('unknown', {
        nodeType: 'unknown',
        cluster: 'unknown',
        namespace: 'unknown',
        workload: 'unknown',
        app: 'unknown',
        version: 'unknown',
        isInaccessible: true,
      });
    }
    const { graphType, cluster } = this.options;
    const { namespace, name, app, version, proxy } = workload;
    const byApp = graphType !== 'workload' && app !== 'unknown';
    const versioned = graphType !== 'app';
    const key = byApp
      ? `app_${namespace}_${app}${versioned ? `_${version}` : ''}`
      : `wl_${namespace}_${name}`;
    return this.node(key, {
      nodeType: byApp ? 'app' : 'workload',
      cluster,
      namespace,
      ...((versioned || !byApp) && { workload: name }),
      ...(app !== 'unknown' && { app }),
      ...(versioned && version !== 'unknown' && { version }),
      ...(proxy === 'none' && { isOutOfMesh: true }),
      ...(proxy === 'gateway' && { isGateway: this.gatewayOf(workload) }),
      ...(workload.pods.length === 0 && { isDead: true }),
      ...this.outside(namespace),
    });
  }

  /** @returns the node's id */
  service(service: MeshService): string {
    const { cluster, badges } = this.options;
    return this.node(`svc_${service.namespace}_${service.host}`, {
      nodeType: 'service',
      cluster: service.external ? 'unknown' : cluster,
      namespace: service.namespace,
      service: service.name,
      ...(service.external && {
        isServiceEntry: {
          hosts: [service.host],
          location: 'MESH_EXTERNAL',
          namespace: service.namespace,
        },
      }),
      ...badges(service),
      ...this.outside(service.namespace),
    });
  }

  /** A box around the versions of an app. */
  box(namespace: string, app: string, ids: readonly string[]): void {
    const id = this.node(`box_${namespace}_${app}`, {
      nodeType: 'box',
      cluster: this.options.cluster,
      namespace,
      app,
      isBox: 'app',
    });
    for (const { data } of this.entries.values()) {
      if (ids.includes(data.id)) {
        data.parent = id;
      }
    }
  }

  addRate(id: string, protocol: string, name: string, rate: number): void {
    const entry = this.entryOf(id);
    if (rate > 0 && entry) {
      const rates = entry.rates.get(protocol) ?? new Map<string, number>();
      entry.rates.set(protocol, rates.set(name, (rates.get(name) ?? 0) + rate));
    }
  }

  called(id: string, service: MeshService): void {
    const entry = this.entryOf(id);
    if (!entry) {
      return;
    }
    entry.called = true;
    if (entry.data.nodeType !== 'service') {
      entry.services.set(service.host, {
        cluster: this.options.cluster,
        namespace: service.namespace,
        name: service.name,
      });
    }
  }

  outgoing(id: string, protocol: string): number {
    return this.entryOf(id)?.rates.get(protocol)?.get(`${protocol}Out`) ?? 0;
  }

  /** Version nodes of one app, where there are several. */
  *apps(): Iterable<{ namespace: string; app: string; ids: string[] }> {
    const groups = new Map<string, string[]>();
    for (const { data } of this.entries.values()) {
      if (data.nodeType === 'app') {
        const key = `${data.namespace}\n${data.app}`;
        groups.set(key, [...(groups.get(key) ?? []), data.id]);
      }
    }
    for (const [key, ids] of groups) {
      if (ids.length > 1) {
        const [namespace, app] = key.split('\n');
        yield { namespace, app, ids };
      }
    }
  }

  hash(text: string): string {
    return createHash(this.options.hash).update(text).digest('hex');
  }

  private node(key: string, data: Omit<GraphNode, 'id'>): string {
    const id = this.hash(key);
    if (!this.entries.has(id)) {
      this.entries.set(id, {
        data: { id, ...data } as GraphNode,
        rates: new Map(),
        services: new Map(),
        called: false,
      });
    }
    return id;
  }

  private entryOf(id: string): Entry | undefined {
    return this.entries.get(id);
  }

  private outside(namespace: string): Record<string, unknown> {
    return this.options.namespaces.includes(namespace)
      ? {}
      : { isOutside: true };
  }

  private gatewayOf(workload: Workload): Record<string, unknown> {
    const { gateways } = this.model.origin(workload);
    return { ingressInfo: { hostnames: gateways } };
  }
}
