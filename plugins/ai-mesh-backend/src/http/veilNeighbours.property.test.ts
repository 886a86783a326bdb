import { mockCredentials } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { snapshotOf } from '../kubernetes/__testUtils__/snapshotOf';
import { clusterTargetOf, targetOf } from '../target/__testUtils__/targetOf';
import { veilNeighbours } from './veilNeighbours';

const OWN = { namespace: 'ai', name: 'chat' };
const target = targetOf(
  clusterTargetOf(snapshotOf({}, { cluster: 'eu' }), [OWN]),
);

interface Named {
  namespace: string;
  name: string;
  entityRef: string;
}

/** As one may be called: like the entity's own, like each other, with dots and numbers; every one holds `zq`. */
const mark = fc.stringMatching(/^zq[a-z0-9]{1,3}$/);
const neighbour: fc.Arbitrary<Named> = fc
  .record({
    before: fc.constantFrom('', 'chat-', 'ai-', 'a', '0-', 'a-service-'),
    middle: mark,
    after: fc.constantFrom('', '-v1', '-chat', '-db-0', '-service'),
    namespace: mark,
    entity: mark,
  })
  .map(({ before, middle, after, namespace, entity }) => ({
    namespace,
    name: `${before}${middle}${after}`,
    entityRef: `component:default/${entity}`,
  }));

/** Where answers name a neighbour. */
const places: readonly ((one: Named, other: Named) => unknown)[] = [
  ({ namespace, name, entityRef }) => ({
    id: `eu/${namespace}/${name}`,
    kind: 'service',
    cluster: 'eu',
    namespace,
    name,
    entityRef,
    links: [{ title: name, url: `https://dashboards/${namespace}/${name}` }],
    versions: [{ name: 'v1', workloads: [{ kind: 'Deployment', name }] }],
  }),
  ({ namespace, name, entityRef }) => ({
    cluster: 'eu',
    namespace,
    workload: name,
    entityRef,
    links: [{ title: name, url: `https://dashboards/${namespace}/${name}` }],
    principal: `cluster.local/ns/${namespace}/sa/${name}`,
  }),
  ({ namespace, name }, other) => ({
    source: `eu/${namespace}/${name}`,
    target: `eu/${other.namespace}/${other.name}`,
    host: `${name}.${namespace}.svc.cluster.local`,
    peer: { cluster: 'eu', namespace, name },
    callee: { cluster: 'eu', namespace: other.namespace, name: other.name },
  }),
  ({ namespace, name }) => ({ spans: [{ service: `${name}.${namespace}` }] }),
  ({ namespace, name }) => ({
    message: `spiffe://cluster.local/ns/${namespace}/sa/${name} calls ${name}, which is ${namespace}/${name}.`,
  }),
  ({ namespace, name }, other) => ({
    promql: `sum(rate(x{source_workload=~"${name.replaceAll('-', '-')}|chat",destination_service_name="${other.name}"}[5m]))`,
    of: [
      { namespace, name },
      { namespace: other.namespace, name: other.name },
    ],
  }),
  ({ namespace, name }) => ({
    reason: `It fails since ${name}.${namespace}.global does; "${name}" and '${name}' too (${name}).`,
  }),
];

const answer = fc
  .tuple(
    fc.array(neighbour, { minLength: 1, maxLength: 5 }),
    fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), {
      minLength: 1,
      maxLength: 12,
    }),
  )
  .map(([neighbours, picks]) => ({
    entityRef: 'component:default/chat',
    own: { cluster: 'eu', ...OWN, figure: 3 },
    parts: picks.map(([place, one, other]) =>
      places[place % places.length](
        neighbours[one % neighbours.length],
        neighbours[other % neighbours.length],
      ),
    ),
  }));

describe('an answer whose neighbours are all hidden', () => {
  const veil = veilNeighbours({ among: async found => [...found] });

  it('holds no name, namespace, host or entity of any of them, whatever they are called', async () => {
    await fc.assert(
      fc.asyncProperty(answer, async one => {
        const veiled = await veil(one, target, mockCredentials.user());
        expect(JSON.stringify(veiled)).not.toMatch(/zq/);
        expect(veiled).toMatchObject({
          entityRef: 'component:default/chat',
          own: { ...OWN, figure: 3 },
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('stays as it is where none of them is', async () => {
    const nothing = veilNeighbours({ among: async () => [] });
    await fc.assert(
      fc.asyncProperty(answer, async one => {
        expect(await nothing(one, target, mockCredentials.user())).toBe(one);
      }),
      { numRuns: 20 },
    );
  });
});
