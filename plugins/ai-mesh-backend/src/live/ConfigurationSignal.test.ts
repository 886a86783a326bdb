import { mockServices } from '@backstage/backend-test-utils';
import { ConfigurationSignal } from './ConfigurationSignal';

describe('ConfigurationSignal', () => {
  const publish = jest.fn();
  const logger = mockServices.logger.mock();
  let signal: ConfigurationSignal;

  beforeEach(() => {
    jest.useFakeTimers();
    publish.mockReset().mockResolvedValue(undefined);
    signal = new ConfigurationSignal({ signals: { publish }, logger });
  });

  afterEach(() => {
    signal.stop();
    jest.useRealTimers();
  });

  it('tells of a burst of edits once, without saying what was edited', async () => {
    for (let edit = 0; edit < 50; edit++) {
      signal.changed('VirtualService');
    }
    await jest.advanceTimersByTimeAsync(600);
    expect(publish.mock.calls).toEqual([
      [
        {
          recipients: { type: 'broadcast' },
          channel: 'ai-mesh:configuration-changed',
          message: {},
        },
      ],
    ]);
  });

  it('tells again of a later edit', async () => {
    signal.changed('VirtualService');
    await jest.advanceTimersByTimeAsync(600);
    signal.changed('DestinationRule');
    await jest.advanceTimersByTimeAsync(600);
    expect(publish).toHaveBeenCalledTimes(2);
  });

  it('tells that the traffic has turned, together with an edit at the same time', async () => {
    signal.turned();
    signal.changed('VirtualService');
    await jest.advanceTimersByTimeAsync(600);
    expect(publish).toHaveBeenCalledTimes(1);
  });

  it.each(['Pod', 'EndpointSlice', 'Deployment'] as const)(
    'does not tell of every %s',
    async kind => {
      signal.changed(kind);
      await jest.advanceTimersByTimeAsync(600);
      expect(publish).not.toHaveBeenCalled();
    },
  );

  it('logs when nobody could be told', async () => {
    publish.mockRejectedValue(new Error('events are away'));
    signal.changed('VirtualService');
    await jest.advanceTimersByTimeAsync(600);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('events are away'),
    );
  });
});
