import { canaryGlanceSchema } from '@ai-mesh/plugin-ai-mesh-common';
import { aCanary, weights } from '../machine/__testUtils__/aCanary';
import type { CanaryRecord } from '../machine';
import { canaryGlance, firstToLookAt, MOST_AT_A_GLANCE } from './canaryGlance';

const at = (minute: number) => `2025-06-01T12:0${minute}:00.000Z`;

function canary(
  id: string,
  state: CanaryRecord['state'],
  progress: Partial<CanaryRecord['progress']> = {},
): CanaryRecord {
  const record = aCanary({ steps: [5, 50] });
  return {
    ...record,
    id,
    state,
    progress: { ...record.progress, ...progress },
  };
}

describe('canaryGlance', () => {
  it('says that none was ever asked for', () => {
    expect(canaryGlance([], [])).toEqual({ active: 0 });
  });

  it('looks first at the one that waits for a person', () => {
    const records = [
      canary('moves', 'progressing', { steps: [5, 50], step: 0 }),
      canary('waits', 'requested'),
      canary('over', 'promoted'),
    ];
    expect(firstToLookAt(records)?.id).toBe('waits');
    expect(canaryGlance(records, []).active).toBe(2);
  });

  it('says when there are more than it counts', () => {
    const active = Array.from({ length: MOST_AT_A_GLANCE + 1 }, (_, n) =>
      canary(`c${n}`, 'requested'),
    );
    expect(canaryGlance(active, [])).toMatchObject({
      active: MOST_AT_A_GLANCE,
      moreActive: true,
    });
    const all = [...active.slice(1), canary('over', 'promoted')];
    expect(canaryGlance(all, [])).toMatchObject({ active: MOST_AT_A_GLANCE });
    expect(canaryGlance(all, [])).not.toHaveProperty('moreActive');
  });

  it('shows how far one has come, why it is held and since when', () => {
    const record = canary('c1', 'progressing', {
      steps: [5, 50],
      step: 0,
      written: weights(5),
      hold: {
        reason: 'insufficient-traffic',
        message: 'Only 3 requests.',
        since: at(4),
        heldMs: 0,
      },
    });
    const row = { by: 'engine', reason: '', what: 'step' };
    const glance = canaryGlance(
      [record],
      [
        { ...row, seq: 1, at: at(0), from: null, to: 'requested' },
        {
          ...row,
          seq: 2,
          at: at(1),
          from: 'approved',
          to: 'progressing',
          weightsAfter: weights(0),
        },
        {
          ...row,
          seq: 3,
          at: at(2),
          from: 'progressing',
          to: 'progressing',
          weightsAfter: weights(5),
        },
      ],
    );
    expect(canaryGlanceSchema.parse(glance)).toEqual(glance);
    expect(glance.latest).toMatchObject({
      percent: 5,
      targetPercent: 50,
      message: 'Only 3 requests.',
      since: at(1),
      next: { action: 'advance', weight: 50 },
      shares: [
        { at: at(1), percent: 0 },
        { at: at(2), percent: 5 },
      ],
    });
  });

  it('says how the latest ended', () => {
    const { latest } = canaryGlance(
      [canary('c1', 'rejected')],
      [
        {
          seq: 2,
          at: at(3),
          by: 'user:default/adam',
          from: 'requested',
          to: 'rejected',
          what: 'reject',
          reason: 'Not on a Friday',
        },
      ],
    );
    expect(latest).toMatchObject({
      state: 'rejected',
      message: 'Not on a Friday',
      since: at(3),
    });
    expect(latest?.percent).toBeUndefined();
  });
});
