import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import { meshControlPlane } from './meshControlPlane';

const now = new Date('2026-11-27T12:00:00.000Z');
const seconds = now.getTime() / 1000;
const DAY = 86_400;

const rows = (figures: Record<string, number>) =>
  known(
    Object.entries(figures).map(([figure, rate]) => ({
      labels: { figure },
      rate,
    })),
  );

describe("a cluster's control plane", () => {
  it('rejects nothing only where an istiod serves proxies', () => {
    expect(meshControlPlane(rows({ connected: 2 }), now)).toMatchObject({
      root: { status: 'unknown', reason: 'not-exported' },
      rejecting: known([]),
    });
    expect(meshControlPlane(rows({ reporting: 1 }), now).rejecting).toEqual(
      expect.objectContaining({ status: 'unknown', reason: 'no-traffic' }),
    );
    expect(meshControlPlane(rows({}), now).rejecting).toEqual(
      expect.objectContaining({ status: 'unknown', reason: 'not-exported' }),
    );
  });

  it('says which parts how many proxies rejected', () => {
    expect(
      meshControlPlane(
        rows({ connected: 1, rejected_routes: 3, rejected_clusters: 1 }),
        now,
      ).rejecting,
    ).toEqual(
      known([
        { part: 'clusters', proxies: 1 },
        { part: 'routes', proxies: 3 },
      ]),
    );
  });

  it.each([
    [29 * DAY, 'soon'],
    [31 * DAY, 'ok'],
    [-1, 'expired'],
  ])('has a root that ends in %d s: %s', (left, status) => {
    expect(
      meshControlPlane(rows({ root_expires: seconds + left }), now).root,
    ).toMatchObject({ value: { status, secondsLeft: left } });
  });

  it('is unknown where its figures are', () => {
    const away = unknown('source-unreachable', 'Prometheus is away.');
    expect(meshControlPlane(away, now)).toEqual({
      root: away,
      rejecting: away,
    });
  });
});
