import type {
  CanaryActionName,
  CanaryGroup,
  CanaryOrder,
} from '@ai-mesh/plugin-ai-mesh-common';
import { AskedBeside } from '../engine/AskedBeside';
import { attend, type NextVisit } from '../engine/attend';
import type { EngineTools } from '../engine/EngineTools';
import { act, type CanaryRecord } from '../machine';
import { aCanary } from '../machine/__testUtils__/aCanary';
import { preflightOf } from '../preflight';
import { StaleCanary, type CanaryStore } from '../store';
import { EngineRig } from './EngineRig';
import { FakeCluster } from './FakeCluster';

const CLUSTERS = ['east', 'west'] as const;
type ClusterName = (typeof CLUSTERS)[number];
const host = 'chat.ai.svc.cluster.local';
const quick = { intervalSeconds: 30, checkSeconds: 15, steps: [50, 100] };

/** The engine's parts over two clusters in memory, with one request for both. */
export class GroupRig {
  readonly east = new FakeCluster();
  readonly west = new FakeCluster();
  readonly #rig: EngineRig;

  constructor(readonly store: CanaryStore) {
    this.#rig = new EngineRig(store);
    for (const name of CLUSTERS) {
      this[name].prometheus.now = () => this.#rig.now;
    }
  }

  get told() {
    return this.#rig.told;
  }

  /** The engine of one replica. */
  toolsOf(owner: string, store = this.store): EngineTools {
    const clusters = {
      get: (name: string) => this[name as ClusterName],
      list: () => CLUSTERS.map(name => this[name]),
    };
    return {
      ...this.#rig.tools,
      store,
      clusters,
      lease: { owner, durationMs: 60_000 },
      asked: new AskedBeside(),
      runPreflight: preflightOf({ clusters, store }),
    };
  }

  async request(
    order: CanaryOrder,
    changes: Partial<CanaryRecord> = {},
  ): Promise<void> {
    const group: CanaryGroup = { id: 'g1', order, clusters: [...CLUSTERS] };
    await this.store.createGroup(
      CLUSTERS.map(cluster => {
        const { route, ...rest } = aCanary(quick);
        return {
          record: {
            ...rest,
            id: cluster,
            group,
            requestedAt: this.#rig.now.toISOString(),
            service: { cluster, namespace: 'ai', name: 'chat' },
            stable: { host, subset: 'v1' },
            canary: { host, subset: 'v2' },
            route: {
              object: {
                ...route.object,
                cluster,
                namespace: 'ai',
                name: 'chat',
              },
            },
            ...changes,
          },
          transitions: [
            {
              seq: 1,
              at: this.#rig.now.toISOString(),
              by: rest.requestedBy,
              from: null,
              to: 'requested' as const,
              what: 'requested',
              reason: rest.reason,
            },
          ],
        };
      }),
    );
  }

  async approved(order: CanaryOrder): Promise<void> {
    await this.request(order);
    await this.act('approve', ...CLUSTERS);
  }

  async act(action: CanaryActionName, ...clusters: ClusterName[]) {
    const changes = await Promise.all(
      clusters.map(async cluster => {
        const stored = (await this.store.get(cluster))!;
        return {
          stored,
          save: act(
            stored.record,
            { action, reason: 'because' },
            'user:default/anna',
            this.#rig.now,
          ),
        };
      }),
    );
    await this.store.saveAllForPerson(changes);
  }

  /** Visits what there is to do for, check by check. */
  async visits(seconds: number, tools = this.toolsOf('replica-a')) {
    for (let passed = 0; passed < seconds; passed += 15) {
      this.#rig.pass(15);
      await this.visitAll(tools);
    }
  }

  /** @returns what had something to be done for */
  async visitAll(tools = this.toolsOf('replica-a')): Promise<NextVisit[]> {
    await this.store.claim(tools.lease, 10);
    const held = (await this.store.renew(tools.lease)).sort();
    const next: NextVisit[] = [];
    for (const cluster of held) {
      try {
        next.push(await attend(tools, cluster));
      } catch (error) {
        if (!(error instanceof StaleCanary)) {
          throw error;
        }
      }
    }
    return next;
  }

  async record(cluster: ClusterName): Promise<CanaryRecord> {
    return (await this.store.get(cluster))!.record;
  }

  async states() {
    const records = await Promise.all(CLUSTERS.map(one => this.record(one)));
    return records.map(({ state }) => state);
  }

  get weights() {
    return CLUSTERS.map(cluster => this[cluster].weights.v2 ?? 0);
  }

  async happened(cluster: ClusterName): Promise<string[]> {
    return (await this.store.transitions(cluster)).map(({ what }) => what);
  }
}
