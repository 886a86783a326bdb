import {
  canaryGateTitleSchema,
  wording,
  type CanaryQualityGate,
} from '@ai-mesh/plugin-ai-mesh-common';
import type {
  CanaryGate,
  CanaryGateAnswer,
  CanaryGateInput,
} from '@ai-mesh/plugin-ai-mesh-node';
import { z } from 'zod';
import { PORTAL } from '../../target/asker';
import { FairQueue } from '../../target/FairQueue';
import { shortened } from '../../shortened';
import { WordedError } from '../../WordedError';
import { AskedBeside } from './AskedBeside';

const USUAL_TIMEOUT_MS = 10_000;
const LONGEST_TIMEOUT_MS = 60_000;
const LONGEST_REASON = 500;

const gateSchema = z.object({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/),
  title: canaryGateTitleSchema.extend({ en: z.string().min(1) }),
  use: z.enum(['optional', 'default', 'required']).optional(),
  unit: z.enum(['ratio', 'ms', 'tokens', 'number']).optional(),
  rollBackWhen: z.string().min(1),
  advanceWhen: z.string().min(1),
  timeoutMs: z.number().positive().max(LONGEST_TIMEOUT_MS).optional(),
  concurrency: z.number().int().positive().optional(),
});

const answerSchema = z.object({
  outcome: z.enum(['pass', 'breach', 'hold']),
  reason: z
    .string()
    .min(1)
    .transform(reason => shortened(reason, LONGEST_REASON)),
  value: z.number().optional(),
  stableValue: z.number().optional(),
});

/** A gate that another module judges. What it does wrong costs nobody more than this gate's answer. */
export class CodeGate {
  readonly name: string;
  readonly title: CanaryQualityGate['title'];
  readonly use: CanaryQualityGate['use'];
  readonly unit: NonNullable<CanaryGate['unit']>;
  readonly rollBackWhen: string;
  readonly advanceWhen: string;
  readonly timeoutMs: number;
  /** What it is asked beside the looks at canaries. */
  readonly beside = new AskedBeside();
  readonly #gate: CanaryGate;
  readonly #queue: FairQueue;

  /** @throws Error that names the gate, where it is not described as it has to be */
  constructor(gate: CanaryGate) {
    const parsed = gateSchema.safeParse(gate);
    if (!parsed.success) {
      throw new Error(
        `The canary gate '${gate.name}' of a module cannot be used: ${parsed.error.issues
          .map(({ path, message }) => `${path.join('.')}: ${message}`)
          .join('; ')}`,
      );
    }
    const { timeoutMs, concurrency, use, unit, ...described } = parsed.data;
    this.name = described.name;
    this.title = described.title;
    this.rollBackWhen = described.rollBackWhen;
    this.advanceWhen = described.advanceWhen;
    this.use = use ?? 'optional';
    this.unit = unit ?? 'number';
    this.timeoutMs = timeoutMs ?? USUAL_TIMEOUT_MS;
    this.#gate = gate;
    this.#queue = new FairQueue({
      open: concurrency ?? 4,
      waiting: Infinity,
      waitingOfOne: Infinity,
    });
  }

  /** What a form says of it. */
  get offer(): CanaryQualityGate {
    const { name, title, use, rollBackWhen, advanceWhen } = this;
    return { name, title, kind: 'code', use, rollBackWhen, advanceWhen };
  }

  /**
   * @throws WordedError that says why there is no answer: it failed, was late, or answered something else
   */
  async ask(
    input: Omit<CanaryGateInput, 'signal'>,
    stopped: AbortSignal,
  ): Promise<CanaryGateAnswer> {
    const late = AbortSignal.timeout(this.timeoutMs);
    const signal = AbortSignal.any([late, stopped]);
    const tooLate = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), {
        once: true,
      });
    });
    // Its place in the queue is its own until it ends, also when nobody waits for it any more.
    const asked = this.#queue.run(PORTAL, signal, () =>
      this.#gate.judge({ ...input, signal }),
    );
    asked.catch(() => {
      // Whoever waited was told below; what comes later is nobody's to hear.
    });
    let answer: unknown;
    try {
      answer = await Promise.race([asked, tooLate]);
    } catch (error) {
      throw late.aborted
        ? new WordedError(
            wording('gate.late', { seconds: this.timeoutMs / 1000 }),
          )
        : new WordedError(wording('gate.failed', { text: textOf(error) }));
    }
    const parsed = answerSchema.safeParse(answer);
    if (!parsed.success) {
      throw new WordedError(wording('gate.noVerdict'));
    }
    return parsed.data;
  }
}

/** A message may be anybody's, and as long as anybody likes. */
function textOf(error: unknown): string {
  return shortened(
    error instanceof Error ? error.message : String(error),
    LONGEST_REASON,
  );
}
