import {
  canaryPercent,
  known,
  type CanaryAction,
  type CanaryTransition,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import { mockServices } from '@backstage/backend-test-utils';
import { AskedBeside } from '../engine/AskedBeside';
import { attend, type NextVisit } from '../engine/attend';
import type { EngineTools } from '../engine/EngineTools';
import { act, type CanaryRecord } from '../machine';
import { aCanary } from '../machine/__testUtils__/aCanary';
import { preflightOf } from '../preflight';
import { StaleCanary, type CanaryStore } from '../store';
import { FakeCluster } from './FakeCluster';
import { saysInBothLanguages } from './saysInBothLanguages';

const host = 'chat.ai.svc.cluster.local';

/** The engine's parts over a cluster in memory and a clock that the test moves. */
export class EngineRig {
  readonly cluster = new FakeCluster();
  readonly told: CanaryTransition[] = [];
  /** What an older release has written has no words. */
  ofOlderRelease = false;
  now = new Date('2025-06-01T12:00:00Z');
  /** Who provably owns the Service. */
  owners: Measured<string[]> = known(['component:default/ai-chat-service']);
  readonly tools: EngineTools;

  constructor(
    readonly store: CanaryStore,
    owner = 'replica-a',
    cluster?: FakeCluster,
  ) {
    if (cluster) {
      this.cluster = cluster;
    } else {
      this.cluster.prometheus.now = () => this.now;
    }
    const clusters = {
      get: (name: string) => (name === 'demo' ? this.cluster : undefined),
      list: () => [this.cluster],
    };
    this.tools = {
      store,
      clusters,
      lease: { owner, durationMs: 60_000 },
      asked: new AskedBeside(),
      runPreflight: preflightOf({ clusters, store }),
      announcer: {
        happened: async (record, transitions) => {
          if (!this.ofOlderRelease) {
            saysInBothLanguages(record, transitions);
          }
          this.told.push(...transitions);
        },
        changed: () => undefined,
      },
      ownersOf: async () => this.owners,
      requestExpiryMs: 7 * 86_400_000,
      now: () => this.now,
      random: () => 0.5,
      sleep: async () => undefined,
      signal: new AbortController().signal,
      logger: mockServices.logger.mock(),
    };
  }

  /** A canary of the fake cluster's route that somebody has asked for. */
  async request(
    plan: Parameters<typeof aCanary>[0] = {},
    changes: Partial<CanaryRecord> = {},
  ): Promise<void> {
    const { route, ...rest } = aCanary(plan);
    await this.store.create(
      {
        ...rest,
        requestedAt: this.now.toISOString(),
        service: { cluster: 'demo', namespace: 'ai', name: 'chat' },
        stable: { host, subset: 'v1' },
        canary: { host, subset: 'v2' },
        route: {
          object: { ...route.object, namespace: 'ai', name: 'chat' },
        },
        ...changes,
      },
      [
        {
          seq: 1,
          at: this.now.toISOString(),
          by: rest.requestedBy,
          from: null,
          to: 'requested',
          what: 'requested',
          reason: rest.reason,
        },
      ],
    );
  }

  async act(action: CanaryAction['action']): Promise<void> {
    const stored = await this.stored();
    const { record, transitions } = act(
      stored.record,
      { action, reason: 'because' },
      'user:default/anna',
      this.now,
    );
    await this.store.saveForPerson(stored, { record, transitions });
  }

  /** Asked for, approved, and at its first step. */
  async running(plan: Parameters<typeof aCanary>[0] = {}): Promise<void> {
    await this.request(plan);
    await this.act('approve');
    await this.visit();
  }

  /** One visit of the engine; a lease that a person took is taken again first. */
  async visit(): Promise<NextVisit> {
    await this.store.claim(this.tools.lease, 10);
    return attend(this.tools, 'c1');
  }

  /** Visits as the engine would, check by check, for some time. */
  async visits(seconds: number): Promise<void> {
    const { plan } = (await this.stored()).record;
    for (let passed = 0; passed < seconds; passed += plan.checkSeconds) {
      this.pass(plan.checkSeconds);
      try {
        await this.visit();
      } catch (error) {
        if (!(error instanceof StaleCanary)) {
          throw error;
        }
      }
    }
  }

  pass(seconds: number): void {
    this.now = new Date(this.now.getTime() + seconds * 1000);
  }

  async stored() {
    const stored = await this.store.get('c1');
    if (!stored) {
      throw new Error('There is no canary c1');
    }
    return stored;
  }

  async record(): Promise<CanaryRecord> {
    return (await this.stored()).record;
  }

  async percent(): Promise<number> {
    const { written } = (await this.record()).progress;
    return written ? canaryPercent(written) : NaN;
  }

  history(): Promise<CanaryTransition[]> {
    return this.store.transitions('c1');
  }
}
