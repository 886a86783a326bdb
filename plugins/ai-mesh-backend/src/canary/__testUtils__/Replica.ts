import { preflightOf } from '../preflight';
import { AskedBeside } from '../engine/AskedBeside';
import { attend, type NextVisit } from '../engine/attend';
import type { CanaryCluster } from '../engine/CanaryCluster';
import type { EngineTools } from '../engine/EngineTools';
import type { EngineRig } from './EngineRig';

/** The process ended in the middle of its work. */
export class Killed extends Error {}

/** What becomes of one word: it is said, or something comes between. */
export type Fate = (say: () => Promise<unknown>) => Promise<unknown>;

/** After any other word the world is as it was before. */
const CHANGES = new Set([
  'saveForEngine',
  'patch',
  'giveUpFields',
  'call',
  'happened',
]);

/**
 * A replica whose every word to the world (database, API server, Prometheus, webhook, gate in code, people) is counted, so that
 * something can befall it at each of them.
 */
export class Replica {
  words = 0;
  readonly tools: EngineTools;
  #isDead = false;

  /**
   * @param befalls - what befalls it, at the how many-th of its words, from 1; only those that change something count
   *   where that is said
   */
  constructor(
    private readonly rig: EngineRig,
    readonly owner: string,
    private readonly befalls?: { at: number; fate: Fate; only?: 'changes' },
  ) {
    const { tools, cluster } = rig;
    const store = this.#watched(rig.store);
    const watched: CanaryCluster = {
      name: cluster.name,
      scrapeIntervalSeconds: cluster.scrapeIntervalSeconds,
      snapshots: this.#watched(cluster.snapshots),
      prometheus: this.#watched(cluster.prometheus),
      editor: this.#watched(cluster.editor),
    };
    const clusters = {
      get: (name: string) => (name === cluster.name ? watched : undefined),
      list: () => [watched],
    };
    this.tools = {
      ...tools,
      store,
      clusters,
      lease: { owner, durationMs: 60_000 },
      asked: new AskedBeside(),
      runPreflight: preflightOf({ clusters, store }),
      announcer: {
        ...tools.announcer,
        happened: (...of) =>
          this.#say('happened', () => tools.announcer.happened(...of)),
      },
      webhooks: tools.webhooks?.map(hook => ({
        ...hook,
        call: (...of) => this.#say('call', () => hook.call(...of)),
      })),
    };
  }

  /** Visits the canary if it holds its lease, or can have it. */
  async visit(): Promise<NextVisit | undefined> {
    const { store } = this.rig;
    await store.claim(this.tools.lease, 10);
    const held = await store.renew(this.tools.lease);
    return held.includes('c1') ? attend(this.tools, 'c1') : undefined;
  }

  /** Its leases end, as those of a replica do that has been away for too long. */
  async lose(): Promise<void> {
    await this.rig.store.release(this.owner);
  }

  async #say<T>(word: string, say: () => Promise<T>): Promise<T> {
    if (this.#isDead) {
      throw new Killed();
    }
    if (this.befalls?.only === 'changes' && !CHANGES.has(word)) {
      return say();
    }
    this.words += 1;
    if (this.words !== this.befalls?.at) {
      return say();
    }
    try {
      return (await this.befalls.fate(say)) as T;
    } catch (error) {
      this.#isDead ||= error instanceof Killed;
      throw error;
    }
  }

  #watched<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (_, name) => {
        const method = target[name as keyof T];
        return typeof method === 'function'
          ? (...of: unknown[]) =>
              this.#say(String(name), async () => method.apply(target, of))
          : method;
      },
    });
  }
}
