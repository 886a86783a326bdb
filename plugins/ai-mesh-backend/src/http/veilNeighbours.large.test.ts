import { mockCredentials } from '@backstage/backend-test-utils';
import { StallProbe } from '../__testUtils__/StallProbe';
import { snapshotOf } from '../kubernetes/__testUtils__/snapshotOf';
import { clusterTargetOf, targetOf } from '../target/__testUtils__/targetOf';
import { veilNeighbours } from './veilNeighbours';

const NAMES = 4000;
/** Twice what is measured here: other tests run beside it. */
const LONGEST_STALL_MS = 400;

it('hides thousands of names that begin alike without holding anybody up', async () => {
  const veil = veilNeighbours({
    among: async found => found.filter(({ name }) => name.startsWith('team-')),
  });
  const numbers = Array.from({ length: NAMES }, (_, number) => number);
  const answer = {
    nodes: numbers.map(number => ({
      cluster: 'eu',
      namespace: `shop-${number % 50}`,
      name: `team-service-${number}`,
    })),
    message: numbers
      .map(number => `team-service-${number} calls team-servica-${number}x.`)
      .join(' '),
  };
  const target = targetOf(
    clusterTargetOf(snapshotOf({}, { cluster: 'eu' }), [
      { namespace: 'ai', name: 'chat' },
    ]),
  );
  const probe = new StallProbe().start();
  const told = await veil(answer, target, mockCredentials.user());
  const stall = await probe.stall();
  probe.stop();
  expect(JSON.stringify(told)).not.toMatch(/team-service/);
  expect(stall).toBeLessThan(LONGEST_STALL_MS);
});

it('looks through what is said of hundreds of entities without holding anybody up', async () => {
  const among = jest.fn(async () => []);
  const items = Array.from({ length: 500 }, (_, entity) => ({
    entityRef: `component:default/service-${entity}`,
    facts: Array.from({ length: 30 }, (__, fact) => ({
      status: 'unknown',
      since: new Date(entity * 1000 + fact).toISOString(),
      message: `Prometheus of eu at http://prometheus.mesh.svc:9090 did not tell fact ${fact} of shop/service-${entity} in time.`,
    })),
  }));
  const probe = new StallProbe().start();
  const told = await veilNeighbours({ among }, ['eu'])(
    { items },
    { clusters: [] },
    mockCredentials.user(),
  );
  const stall = await probe.stall();
  probe.stop();
  expect(told).toEqual({ items });
  expect(among).toHaveBeenCalledTimes(1);
  expect(stall).toBeLessThan(150);
});
