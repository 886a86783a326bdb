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

/**
 * As one may be called: like the entity's own, like each other, with dots and numbers. Every hidden one holds `zq`, and
 * every other one `vq`.
 */
const markedBy = (letters: string): fc.Arbitrary<Named> => {
  const mark = fc.stringMatching(new RegExp(`^${letters}[a-p0-9]{1,3}$`));
  return fc
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
};
const neighbour = markedBy('zq');
/** The half of them hidden. */
const anyNeighbour = fc.oneof(neighbour, markedBy('vq'));

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

/** Where nothing but a sentence names one. */
const sentences: readonly ((one: Named, other: Named) => unknown)[] = [
  ({ namespace, name }) => ({ message: `${namespace}/${name} is refused.` }),
  ({ name }, other) => ({
    reason: `It and ${name} fail for each other (through ${other.name}, whose telemetry is unknown).`,
  }),
  ({ namespace, name }, other) => ({
    message: `2 callers were seen in plaintext: ${namespace}/${name} (no proxy), ${other.namespace}/${other.name}.`,
    params: { callers: `${name}, ${other.name}` },
  }),
  ({ namespace, name }) => ({ label: name, title: `${name}.${namespace}` }),
  ({ name }) => ({
    promql: `rate(x{pod!~"${name}-[a-z0-9]+-[a-z0-9]{5}"}[5m])`,
  }),
  ({ namespace, name }) => ({
    problems: [
      `Service ${namespace}/${name}: no pod; see http://x/${name}?a=${name}`,
    ],
  }),
];

const answerOf = (
  named: fc.Arbitrary<Named>,
  from: readonly ((one: Named, other: Named) => unknown)[],
) =>
  fc
    .tuple(
      fc.array(named, { minLength: 1, maxLength: 5 }),
      fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), {
        minLength: 1,
        maxLength: 12,
      }),
    )
    .map(([neighbours, picks]) => ({
      entityRef: 'component:default/chat',
      own: { cluster: 'eu', ...OWN, figure: 3 },
      parts: picks.map(([place, one, other]) =>
        from[place % from.length](
          neighbours[one % neighbours.length],
          neighbours[other % neighbours.length],
        ),
      ),
    }));

const answer = answerOf(neighbour, places);

/** Hides what is called so; of a word of a text nothing else is known. */
const hidingMarked = veilNeighbours({
  among: async found => found.filter(({ name }) => name.includes('zq')),
});

describe('an answer whose neighbours are all hidden', () => {
  const veil = veilNeighbours({
    among: async found =>
      found.filter(({ name, ifKnown }) => !ifKnown || name.includes('zq')),
  });

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

describe('an answer of which some neighbours are hidden, and others are not', () => {
  /** Every text of an answer that is a visible one's name. */
  const visibleIn = (text: string) =>
    new Set(text.match(/[a-z0-9-]*vq[a-z0-9-]*/g));

  it('holds nothing of those hidden, and everything of the others', async () => {
    await fc.assert(
      fc.asyncProperty(
        answerOf(anyNeighbour, [...places, ...sentences]),
        async one => {
          const veiled = await hidingMarked(
            one,
            target,
            mockCredentials.user(),
          );
          const text = JSON.stringify(veiled);
          // What is the reader's to see where it is told, as entities are, is not the veil's.
          expect(text.replace(/component:default\/\w+/g, '')).not.toMatch(/zq/);
          expect(visibleIn(text)).toEqual(visibleIn(JSON.stringify(one)));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
