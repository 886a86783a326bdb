import type { Canary, Routes } from '@ai-mesh/plugin-ai-mesh-common';
import { stringify } from 'yaml';
import { planFixes } from '../fixes/planFixes';
import { weightChange } from './weightChange';

const service = { cluster: 'shop', namespace: 'ai', name: 'chat' };
const host = 'chat.ai.svc.cluster.local';
const object = {
  cluster: 'shop',
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  namespace: 'ai',
  name: 'chat',
};
const manifestOf = (...weights: number[]) => ({
  apiVersion: object.apiVersion,
  kind: object.kind,
  metadata: { name: 'chat', namespace: 'ai' },
  spec: {
    hosts: ['chat'],
    http: [
      {
        match: [{ uri: { prefix: '/admin' } }],
        route: [{ destination: { host: 'chat' } }],
      },
      {
        route: weights.map((weight, index) => ({
          destination: { host: 'chat', subset: `v${index + 1}` },
          weight,
        })),
        timeout: '60s',
      },
    ],
  },
});
const weightsOf = (...weights: number[]) => ({
  headerRule: false,
  destinations: weights.map((weight, index) => ({
    role: index === 0 ? 'stable' : 'canary',
    host,
    subset: `v${index + 1}`,
    weight,
    percent: weight,
  })),
});

const canary = (changes: object = {}): Canary =>
  ({
    state: 'promoted',
    service,
    route: { object },
    stable: { host, subset: 'v1' },
    canary: { host, subset: 'v2' },
    weights: weightsOf(0, 100),
    weightsBefore: weightsOf(90, 10),
    ...changes,
  }) as unknown as Canary;

const routes = (...weights: number[]): Routes =>
  ({
    services: [
      {
        service,
        rules: [
          {
            object,
            path: 'spec.http[0]',
            matches: [[{}]],
            destinations: [{ host }],
          },
          {
            object,
            path: 'spec.http[1]',
            matches: [],
            destinations: weights.map((weight, index) => ({
              host,
              subset: `v${index + 1}`,
              weight,
            })),
          },
        ],
        objects: [{ ref: object, manifest: manifestOf(...weights) }],
      },
    ],
  }) as unknown as Routes;

const plan = (text: string, change = weightChange(canary(), routes(0, 100))) =>
  planFixes([change], new Map([['chat.yaml', text]]));

it('writes the weights that were promoted over those of before, and nothing else', () => {
  const text = `# Ours.\n${stringify(manifestOf(90, 10)).replace('weight: 90', 'weight: 90 # most of it')}`;
  const { files, refused } = plan(text);
  expect(refused).toEqual([]);
  expect(files.get('chat.yaml')).toBe(
    text
      .replace('weight: 90', 'weight: 0')
      .replace('weight: 10\n', 'weight: 100\n'),
  );
});

it('adds the version that the canary has added', () => {
  const { files, refused } = plan(
    stringify(manifestOf(100)),
    weightChange(canary({ weightsBefore: weightsOf(100) }), routes(0, 100)),
  );
  expect(refused).toEqual([]);
  expect(files.get('chat.yaml')).toBe(stringify(manifestOf(0, 100)));
});

it('refuses a file that somebody has changed since', () => {
  const { files, refused } = plan(stringify(manifestOf(80, 20)));
  expect(files.size).toBe(0);
  expect(refused[0].why).toMatch(/not written as the cluster has it/);
});

it.each<[Canary, Routes, RegExp]>([
  [
    canary({ state: 'progressing' }),
    routes(50, 50),
    /The canary is progressing/,
  ],
  [canary(), routes(30, 70), /not as the canary left it/],
  [canary(), { services: [] } as unknown as Routes, /is not there any more/],
  [
    canary({ weightsBefore: weightsOf(0, 100) }),
    routes(0, 100),
    /those of before/,
  ],
])(
  'changes nothing where it cannot be told what to write',
  (of, now, words) => {
    expect(() => weightChange(of, now)).toThrow(words);
  },
);
