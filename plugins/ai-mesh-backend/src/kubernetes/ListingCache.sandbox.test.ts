import { mockServices } from '@backstage/backend-test-utils';
import { eventually } from './__testUtils__/eventually';
import { cluster, ShopCluster, weights } from './__testUtils__/ShopCluster';
import { ListingCache } from './ListingCache';

jest.setTimeout(30_000);

const logger = mockServices.logger.mock();
const shop = new ShopCluster();

beforeAll(() => shop.start());
afterAll(() => shop.stop());

describe('ListingCache over the sandbox', () => {
  const list = (listMs: number, token?: string) =>
    new ListingCache({
      cluster,
      api: shop.apiWith(token ?? shop.sandbox.tokens.reader),
      logger,
      timings: { listMs },
    });

  it('has the mesh, and a change when its list is old', async () => {
    const cache = list(200);
    expect(weights(await cache.snapshot())).toEqual([90, 10]);
    await shop.setWeights(85, 15);
    expect(weights(await cache.snapshot())).toEqual([90, 10]);
    const after = await eventually(
      cache,
      snapshot => String(weights(snapshot)) === '85,15',
    );
    expect(weights(after)).toEqual([85, 15]);
    await shop.setWeights(90, 10);
    await cache.stop();
  });

  it('never rejects', async () => {
    const cache = list(0);
    await cache.snapshot();
    await shop.setFault({ type: 'disconnect' });
    const away = await eventually(
      cache,
      snapshot => snapshot.state('Service').status === 'stale',
    );
    await shop.clearFaults();
    expect(away.state('Service').status).toBe('stale');
    expect(weights(away)).toEqual([90, 10]);
    await cache.stop();
    expect(
      (await list(0, shop.sandbox.tokens.nobody).snapshot()).state('Service')
        .status,
    ).toBe('forbidden');
  });
});
