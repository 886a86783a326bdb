import type { CanaryTransition } from '@ai-mesh/plugin-ai-mesh-common';
import type { TakenPatch } from './ApiProxy';
import type { BoardCall, ChangeBoard } from './ChangeBoard';

/**
 * What has to hold between a canary and a webhook, whatever befell those who carried it out: it may be asked twice, but by
 * one id; each of its answers is kept once; and nothing is written that it has not allowed.
 *
 * @param taken - the writes of the canary's route
 */
export function expectToldOf(
  board: ChangeBoard,
  canary: string,
  history: readonly CanaryTransition[],
  taken: readonly TakenPatch[],
): void {
  expect(board.forged).toEqual([]);
  const calls = board.callsOf(canary);
  for (const call of board.calls.filter(one => one.canary === canary)) {
    const first = calls.find(({ id }) => id === call.id)!;
    // Not its share: whoever stood still sees a later route, and what it is answered is kept by nobody.
    expect([call.id, call.event]).toEqual([call.id, first.event]);
  }
  const steps = history.filter(({ what }) => what === 'step').length;
  const unallowed = taken
    .slice(0, steps)
    .filter(
      ({ weights, at }) => !board.hasAllowed(canary, weights.v2 ?? NaN, at),
    );
  expect(unallowed).toEqual([]);
  expect(
    history
      .filter(({ what }) => what === 'webhook')
      // A try may have been lost.
      .map(({ reason }) => reason.replace(/ \(after \d tries\)$/, '')),
  ).toEqual(
    calls.map(
      ({ event, verdict }) =>
        `change-board, ${event}: ${isTold(event) ? 'told.' : verdict}`,
    ),
  );
}

function isTold(event: BoardCall['event']): boolean {
  return event === 'after-promotion' || event === 'on-roll-back';
}
