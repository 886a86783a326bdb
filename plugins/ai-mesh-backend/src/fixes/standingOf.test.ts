import type { JsonPatchOperation } from '@ai-mesh/plugin-ai-mesh-common';
import { standingOf } from './standingOf';

const object = {
  cluster: 'shop',
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  namespace: 'ai',
  name: 'chat',
};
const ok = {
  name: 'kubernetes',
  cluster: 'shop',
  status: 'ok',
  observedAt: '2026-01-01T00:00:00.000Z',
};
const finding = { id: 'f1', code: 'AIM103' as const, object, patch: [] };
const review = (changes: object) =>
  ({
    findings: [],
    notJudged: [],
    objects: [],
    sources: [ok],
    ...changes,
  }) as never;

it.each([
  ['gone', 'the review does not have it', {}],
  [
    'unknown',
    'its code could not be judged',
    { notJudged: [{ code: 'AIM103' }] },
  ],
  [
    'gone',
    'another code could not be judged',
    { notJudged: [{ code: 'AIM104' }] },
  ],
  [
    'unknown',
    'the cluster was not read',
    { sources: [{ ...ok, status: 'unreachable' }] },
  ],
  [
    'unknown',
    'only another cluster was read',
    { sources: [{ ...ok, cluster: 'other' }] },
  ],
  ['unknown', 'nothing was read', { sources: [] }],
  ['found', 'the review has it', { findings: [{ id: 'f1' }] }],
])('is %s where %s', (standing, _, changes) => {
  expect(standingOf(finding, review(changes))).toBe(standing);
});

const rule = { name: 'a', retries: { retryOn: 'connect-failure' }, x: 1 };
const manifest = {
  metadata: { annotations: { 'a/b~c': '1' } },
  spec: { http: [rule], hosts: ['chat'] },
};
const retryOn = '/spec/http/0/retries/retryOn';

it.each<[string, string, JsonPatchOperation[]]>([
  [
    'applied',
    'the value is there',
    [{ op: 'replace', path: retryOn, value: 'connect-failure' }],
  ],
  [
    'found',
    'another value is there',
    [{ op: 'replace', path: retryOn, value: '5xx' }],
  ],
  [
    'applied',
    'the field is gone',
    [{ op: 'remove', path: '/spec/http/0/timeout' }],
  ],
  ['found', 'the field is there still', [{ op: 'remove', path: retryOn }]],
  [
    'found',
    'an entry of a list was to go, which cannot be told',
    [{ op: 'remove', path: '/spec/http/1' }],
  ],
  [
    'applied',
    'the entry is in the list',
    [{ op: 'add', path: '/spec/hosts/-', value: 'chat' }],
  ],
  [
    'found',
    'no such entry is in the list',
    [{ op: 'add', path: '/spec/hosts/0', value: 'x' }],
  ],
  [
    'applied',
    'a key is escaped',
    [{ op: 'add', path: '/metadata/annotations/a~1b~0c', value: '1' }],
  ],
  [
    'found',
    'one of two changes is missing',
    [
      { op: 'replace', path: retryOn, value: 'connect-failure' },
      { op: 'add', path: '/spec/gateways', value: ['mesh'] },
    ],
  ],
  [
    'found',
    'the way to it is not there',
    [{ op: 'remove', path: '/spec/tcp/0/timeout' }],
  ],
  [
    'found',
    'the path is of the prototype',
    [{ op: 'remove', path: '/constructor/prototype/x' }],
  ],
  [
    'found',
    'it only tests',
    [{ op: 'test', path: retryOn, value: 'connect-failure' }],
  ],
  ['found', 'the fix makes the object anew', []],
])('is %s while found, where %s', (standing, _, patch) => {
  expect(
    standingOf(
      { ...finding, patch },
      review({
        findings: [{ id: 'f1' }],
        objects: [{ ref: object, manifest }],
      }),
    ),
  ).toBe(standing);
});
