import { known, type Health } from '@ai-mesh/plugin-ai-mesh-common';
import type { FleetRowNow } from './FleetRowNow';
import { unwell } from './unwell';

const row = (
  name: string,
  status: Health['status'],
  rate = 0,
  slownessNotKnown?: true,
) =>
  ({
    entityRef: `component:default/${name}`,
    health: {
      status,
      message: `It is ${status}.`,
      ...(slownessNotKnown && { slownessNotKnown }),
    },
    traffic: { requestsPerSecond: known(rate) },
  }) as Partial<FleetRowNow> as FleetRowNow;

describe('what is not well', () => {
  it('is the worst first, of equals the busiest', () => {
    const { worst, total, notKnown, slownessNotKnown } = unwell([
      row('well', 'healthy'),
      row('quiet', 'unknown'),
      row('unjudged', 'healthy', 1, true),
      row('degraded', 'degraded', 50),
      row('slow', 'slow'),
      row('failing', 'failing', 1),
      row('busy', 'failing', 9),
    ]);
    expect(worst.map(({ entityRef }) => entityRef)).toEqual([
      'component:default/busy',
      'component:default/failing',
      'component:default/slow',
      'component:default/degraded',
    ]);
    expect(worst[0].health).toEqual({
      status: 'failing',
      message: 'It is failing.',
    });
    expect([total, notKnown, slownessNotKnown]).toEqual([4, 1, 1]);
  });

  it('is counted in full where it is too much to be named', () => {
    const { worst, total } = unwell(
      Array.from({ length: 300 }, (_, n) => row(`s${n}`, 'degraded')),
    );
    expect(worst).toHaveLength(20);
    expect(total).toBe(300);
  });
});
