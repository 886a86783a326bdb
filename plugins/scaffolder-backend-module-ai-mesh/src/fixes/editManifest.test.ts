import type {
  JsonPatchOperation,
  ObjectRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import fc from 'fast-check';
import { Document, parse } from 'yaml';
import { editManifest, isTemplated, manifestsIn } from './editManifest';

const chat: ObjectRef = {
  cluster: 'shop',
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  namespace: 'ai-services',
  name: 'chat',
};

const edit = (text: string, patch: JsonPatchOperation[]) => {
  const [manifest, ...others] = manifestsIn(text, chat);
  expect(others).toEqual([]);
  return editManifest(manifest, patch);
};

/** What the kubectl of many people has written and many hands have edited. */
const file = `# Owned by the AI team.
---
apiVersion: v1
kind: Service
metadata: { name: chat,   namespace: ai-services }
---
# Routes of the chat.
apiVersion: networking.istio.io/v1beta1   # an older version of the API
kind: VirtualService
metadata:
  name: chat
  labels: {app: 'chat', "tier": "1"}
spec:
  hosts: [chat]
  http:
  - name: vip      # paying customers

    timeout: "60s"   # longer than any answer
    retries:
      attempts: 3
      retryOn: 5xx,retriable-4xx
    route:
    - destination: {host: chat, subset: v1}
      weight: 100
---
kind: VirtualService
apiVersion: networking.istio.io/v1
metadata:
  name: other
spec: {}
`;

it('changes the lines that a fix is about, and no character of any other', () => {
  const edited = edit(file, [
    {
      op: 'test',
      path: '/spec/http/0/retries/retryOn',
      value: '5xx,retriable-4xx',
    },
    { op: 'replace', path: '/spec/http/0/retries/retryOn', value: '5xx' },
    { op: 'replace', path: '/spec/http/0/timeout', value: '30s' },
    { op: 'add', path: '/spec/http/0/retries/perTryTimeout', value: '10s' },
  ]);
  expect(edited).toBe(
    file
      .replace(
        'retryOn: 5xx,retriable-4xx',
        'retryOn: 5xx\n      perTryTimeout: 10s',
      )
      // The comment stays; its line was changed, so its spaces are printed.
      .replace('timeout: "60s"   #', 'timeout: "30s" #'),
  );
});

it('adds and removes entries of lists and maps', () => {
  const edited = edit(file, [
    {
      op: 'add',
      path: '/spec/http/-',
      value: { name: 'rest', route: [{ destination: { host: 'chat' } }] },
    },
    { op: 'remove', path: '/spec/http/0/retries' },
  ]);
  expect(edited).toContain(`      weight: 100
  - name: rest
    route:
    - destination:
        host: chat
---
kind: VirtualService`);
  expect(edited).not.toContain('retryOn');
  expect(edited).toContain('  - name: vip      # paying customers\n');
});

it.each([
  ['Windows line ends', file.replaceAll('\n', '\r\n')],
  ['no line end at the end', file.trimEnd()],
  ['deeper lists', file.replaceAll(/^( *)- /gm, '$1- ')],
])('keeps %s', (_, text) => {
  const edited = edit(text, [
    { op: 'replace', path: '/spec/http/0/retries/attempts', value: 2 },
  ]);
  expect(edited).toBe(text.replace('attempts: 3', 'attempts: 2'));
});

it.each([
  [
    'a value that is not as in the cluster',
    { op: 'test', path: '/spec/http/0/timeout', value: '90s' },
    /at \/spec\/http\/0\/timeout it has "60s", and the cluster "90s"/,
  ],
  [
    'a place that is not there',
    { op: 'replace', path: '/spec/http/7/timeout', value: '1s' },
    /nothing at \/spec\/http\/7\/timeout/,
  ],
] as [string, JsonPatchOperation, RegExp][])(
  'refuses %s',
  (_, operation, why) => {
    expect(() => edit(file, [operation])).toThrow(why);
  },
);

it('does not change what an anchor shares with others', () => {
  const shared = `kind: VirtualService
apiVersion: networking.istio.io/v1
metadata: { name: chat }
spec:
  a: &times { timeout: 1s }
  b: *times
`;
  expect(() =>
    edit(shared, [{ op: 'replace', path: '/spec/b/timeout', value: '2s' }]),
  ).toThrow(/alias \*times/);
});

it('refuses a layout that it could not keep, rather than to print the file anew', () => {
  const wide = file.replace('  hosts: [chat]', '  hosts: [chat,\n    other]');
  expect(() =>
    edit(wide, [
      { op: 'replace', path: '/spec/http/0/retries/attempts', value: 2 },
    ]),
  ).toThrow(/change it by hand/);
});

it.each([
  [
    'another namespace',
    file.replace('  name: chat\n', '  name: chat\n  namespace: other\n'),
  ],
  [
    'another group',
    file.replace('networking.istio.io/v1beta1', 'example.com/v1'),
  ],
  [
    'YAML that cannot be read',
    file.replace('  hosts: [chat]', '  hosts: [chat'),
  ],
])('does not take %s for the object', (_, text) => {
  expect(manifestsIn(text, chat)).toEqual([]);
});

it('knows a template', () => {
  expect(isTemplated('name: {{ .Values.name }}')).toBe(true);
  expect(isTemplated('labels: {a: {b: c}}')).toBe(false);
});

it('comes to what the patch says, whatever else the document holds', () => {
  const key = fc.stringMatching(/^[a-z][a-zA-Z]{0,8}$/);
  const leaf = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  );
  const { tree } = fc.letrec(tie => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(key, tree), leaf, (spec, value) => {
      const object = {
        apiVersion: chat.apiVersion,
        kind: chat.kind,
        metadata: { name: chat.name },
        spec: { ...spec, edited: 'before' },
      };
      const text = new Document(object).toString({ lineWidth: 0 });
      const edited = edit(text, [
        { op: 'test', path: '/spec/edited', value: 'before' },
        { op: 'replace', path: '/spec/edited', value },
      ]);
      expect(parse(edited)).toEqual({
        ...object,
        spec: { ...spec, edited: value },
      });
    }),
    { numRuns: 100 },
  );
});
