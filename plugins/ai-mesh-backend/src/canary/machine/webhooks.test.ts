import { wording, type CanaryState } from '@ai-mesh/plugin-ai-mesh-common';
import { aCanary, weights } from './__testUtils__/aCanary';
import { act } from './act';
import type { CanaryProgress, CanaryRecord } from './CanaryRecord';
import { turnBack } from './group';
import { transition, unrecorded } from './transition';
import { closeCalls, openCall, type WebhookEvent } from './webhooks';

const at = new Date('2025-06-01T13:00:00Z');

/** A canary with a webhook that has been called and has not answered. */
function calling(
  event: WebhookEvent,
  place: string,
  state: CanaryState,
  progress: Partial<CanaryProgress> = {},
): CanaryRecord {
  const record = aCanary({}, { state });
  return openCall(
    {
      ...record,
      progress: {
        ...record.progress,
        steps: [5, 50, 100],
        step: 0,
        written: weights(5),
        ...progress,
      },
    },
    `board ${event} ${place}`,
    {
      event,
      place,
      by: wording(
        'webhook.by',
        { name: 'board' },
        { event: `webhook.${event}` },
      ),
    },
  );
}

const untold = { event: 'after-promotion', failures: 0 } as const;

describe('a call that is open', () => {
  it.each([
    calling('before-start', 'start', 'approved'),
    calling('before-step', '1', 'progressing'),
    calling('before-step', '1', 'paused'),
    calling('after-promotion', 'end', 'promoted', { toTell: untold }),
  ])('has no row while its answer is waited for: %#', record => {
    expect(closeCalls(unrecorded(record, {}), at)).toEqual(
      unrecorded(record, {}),
    );
  });

  const by = (record: CanaryRecord, action: 'cancel' | 'pause' | 'rollBack') =>
    act(record, { action }, 'user:default/anna', at);

  it.each([
    [
      'cancelled',
      by(calling('before-start', 'start', 'approved'), 'cancel'),
      'before-start',
    ],
    [
      'called back',
      by(calling('before-step', '1', 'progressing'), 'rollBack'),
      'before-step',
    ],
    [
      'at another step',
      closeCalls(
        unrecorded(calling('before-step', '1', 'progressing'), { step: 1 }),
        at,
      ),
      'before-step',
    ],
    [
      'taken back after its promotion',
      closeCalls(
        turnBack(
          calling('after-promotion', 'end', 'promoted', { toTell: untold }),
          'demo',
          at,
        ),
        at,
      ),
      'after-promotion',
    ],
  ])('is a row of its history, once, where it is %s', (_, outcome, event) => {
    const rows = outcome.transitions.filter(({ what }) => what === 'webhook');
    expect(rows).toMatchObject([
      {
        by: 'engine',
        seq: outcome.record.version,
        reason: `board, ${event}: It had been called; the canary went another way before it answered.`,
      },
    ]);
    expect(outcome.record.progress.openCalls).toBeUndefined();
    expect(closeCalls({ ...outcome, transitions: [] }, at).transitions).toEqual(
      [],
    );
  });

  it('has none where it is only paused', () => {
    const { record, transitions } = by(
      calling('before-step', '1', 'progressing'),
      'pause',
    );
    expect(transitions).toHaveLength(1);
    expect(record.progress.openCalls).toBeDefined();
  });

  it('tells the weights that somebody else left there', () => {
    const found = weights(30);
    const { transitions } = closeCalls(
      transition(calling('before-step', '1', 'progressing'), {
        to: 'rollingBack',
        by: 'user:default/anna',
        at,
        what: 'rollBack',
        reason: '',
        weightsBefore: found,
        weightsAfter: found,
      }),
      at,
    );
    expect(transitions.at(-1)).toMatchObject({
      what: 'webhook',
      weightsBefore: found,
      weightsAfter: found,
    });
  });
});
