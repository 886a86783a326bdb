import { snapshotOf } from '../kubernetes/__testUtils__/snapshotOf';
import type { KubernetesObject } from '../kubernetes/kinds';
import { limitedHosts } from './limitedHosts';

const service = (name: string, namespace = 'ai'): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace, name },
});

const outlierDetection = { consecutive5xxErrors: 5 };
const limited = { trafficPolicy: { outlierDetection } };

const rule = (host: string, spec: object = limited): KubernetesObject => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'DestinationRule',
  metadata: { namespace: 'ai', name: host.replaceAll('*', 'any') },
  spec: { host, ...spec },
});

const pods = (count: number): KubernetesObject[] =>
  Array.from({ length: count }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'ai', name: `pod-${index}` },
  }));

const rules = (count: number, spec: object = limited) =>
  Array.from({ length: count }, (_, index) => rule(`service-${index}`, spec));

describe('limitedHosts', () => {
  it.each([
    ['a limit of its own', rule('chat'), ['chat.ai.svc.cluster.local']],
    [
      'a limit of a port',
      rule('chat', {
        trafficPolicy: {
          portLevelSettings: [{ port: { number: 80 }, outlierDetection }],
        },
      }),
      ['chat.ai.svc.cluster.local'],
    ],
    [
      'a limit of a subset',
      rule('chat', { subsets: [{ name: 'v1', ...limited }] }),
      ['chat.ai.svc.cluster.local'],
    ],
    ['a host outside the mesh', rule('api.openai.com'), ['api.openai.com']],
    [
      'a wildcard: what it names',
      rule('*.ai.svc.cluster.local'),
      ['chat.ai.svc.cluster.local', 'llm.ai.svc.cluster.local'],
    ],
    [
      'time limits alone: none',
      rule('chat', {
        trafficPolicy: { connectionPool: { tcp: { connectTimeout: '1s' } } },
      }),
      [],
    ],
    ['what nobody can read: none', rule('chat', { trafficPolicy: 7 }), []],
  ])('knows %s', (_, object, expected) => {
    const snapshot = snapshotOf({
      DestinationRule: [object],
      Service: [service('chat'), service('llm'), service('cart', 'shop')],
    });
    expect(limitedHosts(snapshot)).toEqual(expected);
  });

  it.each([
    ['few hosts', rules(120), [], 120],
    ['many hosts', rules(121), [], 0],
    [
      'many subsets',
      rules(60, { ...limited, subsets: [{ name: 'v1' }, { name: 'v2' }] }),
      [],
      0,
    ],
    ['few proxies', rules(50), pods(100), 50],
    ['many proxies', rules(50), pods(101), 0],
  ])('names all or none: %s', (_, objects, running, expected) => {
    const snapshot = snapshotOf({ DestinationRule: objects, Pod: running });
    expect(limitedHosts(snapshot)).toHaveLength(expected);
  });
});
