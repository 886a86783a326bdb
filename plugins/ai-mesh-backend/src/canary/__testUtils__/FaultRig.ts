import { mockServices } from '@backstage/backend-test-utils';
import type {
  CanaryActionName,
  CanaryPlan,
  CanaryTransition,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { EngineTimings } from '../engine/CanaryEngine';
import { act, type CanaryRecord } from '../machine';
import { StaleCanary, type CanaryStore } from '../store';
import { CanarySandbox, HASTE, HASTY_SCRAPES } from './CanarySandbox';
import { createApproved } from './createApproved';
import { EvidencePrometheus } from './EvidencePrometheus';
import { runEngine, type RunningEngine } from './runEngine';

/** A step every tenth of a second, by a clock that runs a hundred times as fast. */
const plan: Partial<CanaryPlan> = {
  checkSeconds: 0.02,
  intervalSeconds: 10,
  longestHoldSeconds: 3600,
  steps: [20, 40, 60, 80, 100],
};

/** One canary of the rig. */
export class RunningCanary {
  readonly id: string;

  constructor(
    private readonly rig: Pick<FaultRig, 'store' | 'sandbox' | 'now'>,
    readonly index: number,
  ) {
    this.id = `c${index}`;
  }

  async record(): Promise<CanaryRecord> {
    const stored = await this.rig.store.get(this.id);
    if (!stored) {
      throw new Error(`There is no canary ${this.id}`);
    }
    return stored.record;
  }

  history(): Promise<CanaryTransition[]> {
    return this.rig.store.transitions(this.id);
  }

  async weights(): Promise<Record<string, number | undefined>> {
    return this.rig.sandbox.weights(this.index);
  }

  /** The canary as soon as it is so. */
  async until(
    isSo: (record: CanaryRecord) => boolean,
    withinMs = 20_000,
  ): Promise<CanaryRecord> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const record = await this.record();
      if (isSo(record)) {
        return record;
      }
      if (Date.now() > deadline) {
        throw new Error(
          `Not so within ${withinMs} ms: ${JSON.stringify(record, null, 1)}`,
        );
      }
      await new Promise(resolve => setTimeout(resolve, 10));
    }
  }

  /** A person acts; one whom the engine was faster than looks and acts again. */
  async act(action: CanaryActionName): Promise<void> {
    for (;;) {
      const stored = await this.rig.store.get(this.id);
      try {
        await this.rig.store.saveForPerson(
          stored!,
          act(
            stored!.record,
            { action, reason: 'because' },
            'user:default/anna',
            this.rig.now(),
          ),
        );
        return;
      } catch (error) {
        if (!(error instanceof StaleCanary)) {
          throw error;
        }
      }
    }
  }
}

/** An engine in this process on a sandbox's API server, with everything at hand that can go wrong. */
export class FaultRig {
  readonly prometheus = new EvidencePrometheus();
  readonly told: CanaryTransition[] = [];
  readonly logger = mockServices.logger.mock();
  /** Moves the clock. */
  jumpMs = 0;
  readonly #epochMs = Date.now();
  #running: RunningEngine | undefined;

  constructor(
    readonly sandbox: CanarySandbox,
    readonly store: CanaryStore,
  ) {
    // Prometheus' clock hurries as ours does, and never jumps.
    this.prometheus.now = () => this.#hasty();
  }

  now = (): Date => new Date(this.#hasty().getTime() + this.jumpMs);

  #hasty(): Date {
    return new Date(this.#epochMs + (Date.now() - this.#epochMs) * HASTE);
  }

  async start(timings: Partial<EngineTimings> = {}): Promise<void> {
    this.#running = await runEngine({
      store: this.store,
      logger: this.logger,
      lease: { owner: 'replica-a', durationMs: 5000 },
      kubernetes: this.sandbox.kubernetes,
      prometheus: this.prometheus,
      scrapeIntervalSeconds: HASTY_SCRAPES,
      now: this.now,
      sleep: ms => new Promise(resolve => setTimeout(resolve, ms / 10)),
      timings: { claimMs: 20, ...timings },
      announcer: {
        happened: async (_, transitions) => {
          this.told.push(...transitions);
        },
        changed: () => undefined,
      },
    });
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
  }

  /** A canary of the service with this number, which is at its first step. */
  async canary(
    index: number,
    changes: Partial<CanaryPlan> = {},
  ): Promise<RunningCanary> {
    await createApproved(
      this.store,
      `c${index}`,
      index,
      { ...plan, ...changes },
      this.now(),
    );
    const canary = new RunningCanary(this, index);
    await canary.until(({ progress }) => progress.step >= 0);
    return canary;
  }
}
