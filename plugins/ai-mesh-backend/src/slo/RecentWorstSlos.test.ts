import { known, unknown, type WorstSlo } from '@ai-mesh/plugin-ai-mesh-common';
import { RecentWorstSlos } from './RecentWorstSlos';

const worst = { objective: 'Availability', alert: 'page' } as WorstSlo;
const context = {
  entity: { metadata: { annotations: {} } },
  target: { entityRef: 'component:default/chat', resolution: {} },
} as never;

describe('what is known of the worst objective by now', () => {
  it('is nothing at first, and waits for nobody; it is asked for once', async () => {
    const service = { worst: jest.fn().mockResolvedValue(known(worst)) };
    const recent = new RecentWorstSlos(service);
    expect(recent.known(context)).toBeUndefined();
    await recent.of(context);
    expect(recent.known(context)).toBe(worst);
    expect(service.worst).toHaveBeenCalledTimes(1);
  });

  it('is nothing where the objectives are unknown, or the question failed', async () => {
    const service = {
      worst: jest.fn().mockResolvedValue(unknown('source-unreachable')),
    };
    const recent = new RecentWorstSlos(service);
    await recent.of(context);
    service.worst.mockRejectedValue(new Error('away'));
    expect(recent.known(context)).toBeUndefined();
    await expect(recent.of(context)).rejects.toThrow('away');
  });
});
