import {
  chinese,
  inLanguage,
  known,
  unknown,
  wording,
  type Endpoints,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import { readHealth } from './readHealth';
import { unknownTraffic } from './readTraffic';

function traffic(errors: number, throttled = 0) {
  return {
    ...unknownTraffic('not-exported'),
    requestsPerSecond: known(2),
    requestCount: known(600),
    errorRatio: known(errors),
    throttledRatio: known(throttled),
  };
}
const allReady = known({ ready: 2, total: 2 });

describe('readHealth', () => {
  it.each<[number, number, Measured<Endpoints>, string, string]>([
    [0, 0, allReady, 'healthy', '0% of 600 requests failed.'],
    [0.01, 0.05, allReady, 'healthy', '1% of 600 requests failed.'],
    [0.02, 0, allReady, 'degraded', '2% of 600 requests failed.'],
    [0, 0.2, allReady, 'degraded', '20% of 600 requests were throttled (429).'],
    [0.05, 0, allReady, 'degraded', '5% of 600 requests failed.'],
    [0.051, 0, allReady, 'failing', '5.1% of 600 requests failed.'],
    [
      0,
      0,
      known({ ready: 1, total: 2 }),
      'degraded',
      '1 of 2 endpoints are ready.',
    ],
    [0, 0, known({ ready: 0, total: 0 }), 'degraded', 'It has no endpoints.'],
    [0, 0, unknown('forbidden'), 'healthy', '0% of 600 requests failed.'],
  ])(
    'with errors %d, throttled %d and endpoints %j is %4$s',
    (errors, throttled, endpoints, status, message) => {
      const { words = [], ...health } = readHealth(
        traffic(errors, throttled),
        endpoints,
      );
      expect(health).toEqual({ status, message });
      expect(inLanguage(words, chinese)).toMatch(/\p{Script=Han}.*。$/u);
    },
  );

  it('is failing where nobody reaches it, whatever was counted', () => {
    const why = wording('call.waypointDown', { waypoint: 'ai/waypoint' });
    const message =
      'Its waypoint ai/waypoint has no ready pod, so that calls of the ambient mesh do not reach it.';
    for (const counted of [traffic(0), unknownTraffic('no-traffic')]) {
      expect(
        readHealth(counted, allReady, undefined, undefined, why),
      ).toMatchObject({ status: 'failing', message });
    }
  });

  it('is unknown, not healthy, without telemetry', () => {
    expect(
      readHealth(unknownTraffic('source-unreachable', 'No answer.'), allReady),
    ).toEqual({ status: 'unknown', message: 'No answer.' });
  });

  it('shows missing endpoints even without telemetry', () => {
    expect(
      readHealth(unknownTraffic('not-exported'), known({ ready: 0, total: 3 })),
    ).toMatchObject({ status: 'degraded' });
  });
});
