import {
  canaryPercent,
  known,
  unknown,
  wording,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { CanaryGateAnswer } from '@ai-mesh/plugin-ai-mesh-node';
import type { GateFinding } from '../gates';
import type { CanaryRecord } from '../machine';
import type { CodeGate } from './CodeGate';

/** Asks the gates in code. Never rejects: one that has no answer holds, and says why. */
export async function judgeInCode(
  record: CanaryRecord,
  gates: readonly CodeGate[],
  look: { windowSeconds: number; at: Date; signal?: AbortSignal },
): Promise<GateFinding[]> {
  const { windowSeconds, at, signal } = look;
  const { written } = record.progress;
  const version = ({ host, subset }: CanaryRecord['canary']) => ({
    host,
    ...(subset !== undefined && { subset }),
  });
  const input = {
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
  return Promise.all(
    gates.map(async gate => {
      try {
        const answer = await gate.ask(
          input,
          signal ?? new AbortController().signal,
        );
        return finding(gate, windowSeconds, answer);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        return {
          ...finding(gate, windowSeconds),
          outcome: 'hold' as const,
          holdReason: 'source-unreachable' as const,
          message,
        };
      }
    }),
  );
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
