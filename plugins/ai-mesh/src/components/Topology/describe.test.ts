import { replay as replayOf } from '../../__testUtils__';
import type { Translate } from '../../translation';
import { nameOf, whoseOwn } from './describe';
import { marksOf } from './replay/marksOf';

const node = (
  cluster: string,
  namespace: string | undefined,
  name: string,
) => ({
  id: [cluster, namespace, name].join('/'),
  cluster,
  ...(namespace !== undefined && { namespace }),
  name,
});

describe('the name of a node', () => {
  const nodes = [
    node('east', 'ai', 'chat'),
    node('west', 'ai', 'chat'),
    node('east', 'ai', 'search'),
    node('east', 'lab', 'search'),
    node('east', 'ai', 'web'),
    node('west', 'shop', 'web'),
    node('east', undefined, 'api.example.com'),
    node('west', undefined, 'api.example.com'),
    node('east', 'ai', 'alone'),
  ];

  it.each([
    ['east/ai/chat', 'chat (east)'],
    ['west/ai/chat', 'chat (west)'],
    ['east/lab/search', 'search (lab)'],
    ['west/shop/web', 'web (west/shop)'],
    ['east//api.example.com', 'api.example.com (east)'],
    ['east/ai/alone', 'alone'],
    ['gone', 'gone'],
  ])('says of %s what tells it from its namesakes: %s', (id, name) => {
    expect(nameOf({ nodes }, id)).toBe(name);
  });
});

it.each([
  ['component:default/chat', 'topology.node.own'],
  ['system:default/chat', 'topology.node.ofSystem'],
])('says of %s whose its own Services are: %s', (entityRef, text) => {
  const t = ((key: string) => key) as unknown as Translate;
  expect(whoseOwn({ entityRef }, t)).toBe(text);
});

it('marks of a replay say in which cluster it hurt', () => {
  const played = replayOf();
  const [first, second] = played.nodes;
  const twins = [first, second].map((one, index) => ({
    ...one,
    id: `c${index}/${one.namespace}/chat`,
    cluster: `c${index}`,
    namespace: first.namespace,
    name: 'chat',
  }));
  const moments = played.moments.slice(0, 3).map((moment, index) => ({
    ...moment,
    measured: true,
    origins: index === 1 ? [twins[1].id] : [],
    suffering: [],
  }));
  const t = ((key: string, values?: { names: string }) =>
    values ? `${key}: ${values.names}` : ', ') as unknown as Translate;
  expect(
    marksOf({ ...played, nodes: twins, moments }, [], t).map(
      ({ text }) => text,
    ),
  ).toEqual(['replay.mark.began: chat (c1)', 'replay.mark.ended: chat (c1)']);
});
