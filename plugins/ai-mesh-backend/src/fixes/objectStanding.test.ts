import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import type { MeshKind } from '../kubernetes/kinds';
import type { KindState } from '../kubernetes/MeshSnapshot';
import type { ReadTracker } from '../kubernetes/TrackerReader';
import type { MeshCluster } from '../target/MeshClusters';
import type { FollowedObject, WantedState } from './FollowedRequest';
import { objectStanding } from './objectStanding';
import { rulesDigest } from './wanted/rulesDigest';
import { verbatim } from '../worded';

const host = (name: string) => `${name}.ai.svc.cluster.local`;
const manifests = `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: chat, namespace: ai }
spec: { selector: { matchLabels: { app: chat } }, mtls: { mode: STRICT } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: chat, namespace: ai }
spec:
  hosts: [chat]
  http:
    - route:
        - { destination: { host: chat, subset: v1 }, weight: 20 }
        - { destination: { host: chat, subset: v2 }, weight: 80 }
`;
const mesh = snapshotFromYaml(manifests);
const groups = [{ name: 'one', rules: [{ record: 'a', expr: 'b' }] }];

/** The same mesh, of which one kind is come by otherwise. */
const meshIn = (kind: MeshKind, state: KindState) =>
  snapshotFromYaml(manifests, { states: { [kind]: state } });

const standing = async (
  kind: string,
  as: WantedState,
  {
    name = 'chat',
    cluster = mesh.cluster,
    snapshot = mesh,
    rules = undefined as ReadTracker | undefined,
  } = {},
) => {
  const wanted: FollowedObject = {
    object: { cluster, apiVersion: 'x/v1', kind, namespace: 'ai', name },
    as,
  };
  const { object, ...shown } = await objectStanding(wanted, [
    {
      cluster: {
        name: mesh.cluster,
        ...(rules && { trackers: { read: async () => rules } }),
      } as unknown as MeshCluster,
      snapshot,
    },
  ]);
  expect(object).toEqual(wanted.object);
  return shown;
};

const strict = (changes: object = {}): WantedState => ({
  spec: {
    selector: { matchLabels: { app: 'chat' } },
    mtls: { mode: 'STRICT' },
    ...changes,
  },
});

it.each([
  ['applied', 'it is as wanted', strict(), {}],
  ['differs', 'its mode is another', strict({ mtls: { mode: 'DISABLE' } }), {}],
  ['differs', 'it is for others', strict({ selector: undefined }), {}],
  ['differs', 'a port is to be spared', strict({ portLevelMtls: {} }), {}],
  ['absent', 'there is none of its name', strict(), { name: 'other' }],
])('of a policy is %s where %s', async (expected, _, as, place) => {
  expect(await standing('PeerAuthentication', as, place)).toEqual({
    standing: expected,
  });
});

it.each([
  ['unreachable', /has not answered for PeerAuthentication/],
  ['syncing', /has not answered for PeerAuthentication/],
  ['stale', /has not been heard from/],
  ['forbidden', /may not be listed/],
] as const)(
  'is unknown with its reason where the kind is %s',
  async (status, why) => {
    const snapshot = meshIn('PeerAuthentication', { status });
    const shown = await standing('PeerAuthentication', strict(), { snapshot });
    expect(shown).toMatchObject({
      standing: 'unknown',
      message: expect.stringMatching(why),
      words: [expect.anything()],
    });
  },
);

it('repeats what the cluster says of why it cannot be read', async () => {
  const snapshot = meshIn('PeerAuthentication', {
    status: 'forbidden',
    message: 'Give it list.',
  });
  expect(
    await standing('PeerAuthentication', strict(), { snapshot }),
  ).toMatchObject({ standing: 'unknown', message: 'Give it list.' });
});

it('is absent where the cluster has no such kind, and unknown where the entity is not looked for there', async () => {
  const snapshot = meshIn('PeerAuthentication', { status: 'not-served' });
  expect(await standing('PeerAuthentication', strict(), { snapshot })).toEqual({
    standing: 'absent',
  });
  expect(
    await standing('PeerAuthentication', strict(), { cluster: 'gone' }),
  ).toMatchObject({
    standing: 'unknown',
    message: expect.stringContaining("'gone'"),
  });
});

const rules: WantedState = { rules: rulesDigest(groups)! };
const found = (object: unknown): ReadTracker => ({ status: 'found', object });

it.each<[string, string, ReadTracker | undefined, RegExp | undefined]>([
  ['applied', 'its groups are there', found({ spec: { groups } }), undefined],
  ['differs', 'it has others', found({ spec: { groups: [] } }), undefined],
  ['differs', 'it has no spec', found({}), undefined],
  ['absent', 'it is not there', { status: 'absent' }, undefined],
  [
    'unknown',
    'it may not be read',
    { status: 'forbidden' },
    /may not read PrometheusRules of the namespace ai .* verb get/,
  ],
  [
    'unknown',
    'the cluster does not answer',
    { status: 'unreachable', why: verbatim('no') },
    /has not answered for PrometheusRule/,
  ],
  ['unknown', 'nobody can read it', undefined, /has not answered/],
])('of rules is %s where %s', async (expected, _, read, why) => {
  const shown = await standing('PrometheusRule', rules, { rules: read });
  expect(shown.standing).toBe(expected);
  expect(shown.message ?? '').toMatch(why ?? /^$/);
  expect(shown.words !== undefined).toBe(why !== undefined);
});

const split = (v1: number, v2: number, subset = 'v1'): WantedState => ({
  split: {
    stable: { host: host('chat'), subset },
    canary: { host: host('chat'), subset: 'v2' },
    destinations: [
      {
        role: 'canary',
        host: host('chat'),
        subset: 'v2',
        weight: v2,
        percent: v2,
      },
      { role: 'stable', host: host('chat'), subset, weight: v1, percent: v1 },
    ],
  },
});

it.each([
  ['applied', 'it has them', split(20, 80), undefined],
  ['differs', 'it has others', split(100, 0), undefined],
  ['differs', 'the version is gone', split(20, 80, 'v0'), /v0/],
])('of weights is %s where %s', async (expected, _, as, why) => {
  const { standing: now, message } = await standing('VirtualService', as);
  expect(now).toBe(expected);
  expect(message ?? '').toMatch(why ?? /^$/);
});
