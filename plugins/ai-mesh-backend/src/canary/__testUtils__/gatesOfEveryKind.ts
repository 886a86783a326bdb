import { ConfigReader } from '@backstage/config';
import { readSettings } from '../../config/readSettings';
import { CodeGate } from '../engine/CodeGate';
import type { GateCatalog } from '../engine/takeQuality';

const { gates } = readSettings(
  new ConfigReader({
    aiMesh: {
      canary: {
        gates: [
          {
            name: 'votes',
            title: { en: 'Thumbs down', zh: '差评率' },
            kind: 'share',
            bad: 'votes_total{vote="no",{{selector}}}',
            all: 'votes_total{ {{selector}} }',
            rollBackAbove: 0.3,
            advanceBelow: 0.2,
          },
          {
            name: 'score',
            title: { en: 'Score' },
            kind: 'mean',
            sum: 'score_sum{ {{selector}} }',
            count: 'score_count{ {{selector}} }',
            squares: 'score_squares{ {{selector}} }',
            better: 'higher',
            rollBack: { timesStable: 0.9 },
            advance: { timesStable: 0.97 },
          },
        ],
      },
    },
  }),
).canary;

/**
 * A share, a mean that is tested and a gate in code, all of which are well; see `CountingPrometheus`.
 *
 * @param score - what the gate in code finds
 */
export function gatesOfEveryKind(
  score: (signal: AbortSignal) => Promise<number> = async () => 0.7,
): GateCatalog {
  return {
    gates,
    codeGates: [
      new CodeGate({
        name: 'evaluated',
        title: { en: 'Evaluated' },
        rollBackWhen: 'below 0.6',
        advanceWhen: '0.6 or more',
        judge: async ({ signal }) => {
          const value = await score(signal);
          return {
            outcome: value < 0.6 ? 'breach' : 'pass',
            reason: `${value} by 30 evaluations`,
            value,
          };
        },
      }),
    ],
  };
}

/** As a plan names them. */
export const GATES_OF_EVERY_KIND = ['votes', 'score', 'evaluated'];
