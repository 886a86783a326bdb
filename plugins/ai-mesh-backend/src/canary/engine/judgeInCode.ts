import {
  canaryPercent,
  known,
  poolOfHost,
  unknown,
  wording,
} from '@ai-mesh/plugin-ai-mesh-common';
import type {
  CanaryGateAnswer,
  CanaryGateInput,
} from '@ai-mesh/plugin-ai-mesh-node';
import { assertError } from '@backstage/errors';
import { hold, type GateFinding } from '../gates/GateFinding';
import type { CanaryRecord } from '../machine';
import { sentencesIn } from '../../worded';
import type { CodeGate } from './CodeGate';

type CodeGateInput = Omit<CanaryGateInput, 'signal'>;

/**
 * What the gates in code say. No look waits for a slow one: its answer counts at a later look of the same step, and it
 * holds until then. Never rejects: one that has no answer holds, and says why.
 */
export async function judgeInCode(
  record: CanaryRecord,
  gates: readonly CodeGate[],
  look: { windowSeconds: number; at: Date; signal?: AbortSignal },
): Promise<GateFinding[]> {
  const { id, plan, progress } = record;
  const input = inputOf(record, look);
  const step = `${progress.phase} ${progress.step}`;
  return Promise.all(
    gates.map(async gate => {
      const longestMs = gate.timeoutMs + 2 * plan.checkSeconds * 1000;
      const answer = () =>
        gate.beside.take<GateFinding>(id, step, longestMs)?.value;
      const earlier = answer();
      await gate.beside.begin(id, step, unwanted =>
        ask(
          gate,
          input,
          look.windowSeconds,
          look.signal ? AbortSignal.any([look.signal, unwanted]) : unwanted,
        ),
      );
      return (
        answer() ??
        earlier ?? {
          ...finding(gate, look.windowSeconds),
          ...hold('no-data', wording('gate.stillAsked')),
        }
      );
    }),
  );
}

/** The canary is not under way any more: nobody waits for what they would say of it, and they are told so. */
export function dismissGates(
  canaryId: string,
  gates: readonly CodeGate[],
): void {
  gates.forEach(({ beside }) => beside.drop(canaryId));
}

function inputOf(
  record: CanaryRecord,
  { windowSeconds, at }: { windowSeconds: number; at: Date },
): CodeGateInput {
  const { written } = record.progress;
  const version = ({ host, subset }: CanaryRecord['canary']) => {
    const pool = poolOfHost(host);
    return {
      host,
      ...(subset !== undefined && { subset }),
      ...(pool && { pool }),
    };
  };
  return {
    canaryId: record.id,
    entityRef: record.entityRef,
    service: record.service,
    canary: version(record.canary),
    stable: version(record.stable),
    percent: written ? canaryPercent(written) : 0,
    window: {
      from: new Date(at.getTime() - windowSeconds * 1000),
      to: at,
    },
  };
}

async function ask(
  gate: CodeGate,
  input: CodeGateInput,
  windowSeconds: number,
  signal: AbortSignal,
): Promise<GateFinding> {
  try {
    return finding(gate, windowSeconds, await gate.ask(input, signal));
  } catch (error) {
    assertError(error);
    return {
      ...finding(gate, windowSeconds),
      ...hold('source-unreachable', ...sentencesIn(error)),
    };
  }
}

function finding(
  gate: CodeGate,
  windowSeconds: number,
  answer?: CanaryGateAnswer,
): GateFinding {
  const inCode = unknown('not-configured', [wording('gate.inCode')]);
  const side = (value: number | undefined) => ({
    value:
      value === undefined
        ? unknown('not-configured', [wording('gate.noValue')])
        : known(value),
    requests: inCode,
  });
  return {
    gate: gate.name,
    title: gate.title,
    unit: gate.unit,
    windowSeconds,
    canary: side(answer?.value),
    stable: side(answer?.stableValue),
    bounds: {
      rollBack: inCode,
      advance: inCode,
      rollBackWhen: gate.rollBackWhen,
      advanceWhen: gate.advanceWhen,
    },
    outcome: answer?.outcome ?? 'hold',
    ...(answer?.outcome === 'hold' && {
      holdReason: 'between-thresholds' as const,
    }),
    message: answer?.reason ?? '',
  };
}
