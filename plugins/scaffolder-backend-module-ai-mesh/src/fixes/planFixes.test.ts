import type { Finding, FindingFix } from '@ai-mesh/plugin-ai-mesh-common';
import { describeFixes } from './describeFixes';
import { planFixes } from './planFixes';

const object = {
  cluster: 'shop',
  apiVersion: 'networking.istio.io/v1',
  kind: 'DestinationRule',
  namespace: 'ai-services',
  name: 'chat',
};

function finding(
  fix: Partial<FindingFix> | undefined,
  changes: Partial<Finding> = {},
): Finding {
  return {
    id: 'f1',
    code: 'AIM202',
    severity: 'medium',
    message: 'consecutive5xxErrors is not above',
    why: 'One of them never counts.',
    link: 'https://example.com/AIM202',
    evidence: [{ from: 'configuration', message: '5 and 5' }],
    object,
    path: 'spec',
    ...(fix && { fix: { object, yaml: '', ...fix } }),
    ...changes,
  } as Finding;
}

const manifest = (spec: string) =>
  `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata:\n  name: chat\nspec:\n${spec}`;

const sevenAt = (path: string) =>
  finding({
    before: manifest('  errors: 5\n  other: 1\n'),
    jsonPatch: [
      { op: 'test', path: '/metadata/resourceVersion', value: '12' },
      { op: 'replace', path, value: 7 },
    ],
  });

it('edits the base or the overlay, wherever the setting is', () => {
  const base = manifest('  host: chat\n  errors: 5\n');
  const overlay = manifest('  subsets: []\n');
  const { files, refused } = planFixes(
    [sevenAt('/spec/errors')],
    new Map([
      ['base/chat.yaml', base],
      ['overlays/eu/chat.yaml', overlay],
    ]),
  );
  expect(refused).toEqual([]);
  expect([...files]).toEqual([
    ['base/chat.yaml', base.replace('errors: 5', 'errors: 7')],
  ]);
});

it('edits one file twice, and refuses a second fix of one line', () => {
  const text = manifest('  errors: 5\n  other: 1\n');
  const { files, done, refused } = planFixes(
    [sevenAt('/spec/errors'), sevenAt('/spec/other'), sevenAt('/spec/errors')],
    new Map([['chat.yaml', text]]),
  );
  expect(files.get('chat.yaml')).toBe(manifest('  errors: 7\n  other: 7\n'));
  expect(done).toHaveLength(2);
  expect(refused).toMatchObject([
    { why: expect.stringContaining('it has 7, and the cluster 5') },
  ]);
});

it.each([
  ['nowhere', {}, /DestinationRule ai-services\/chat is in none of the files/],
  [
    'by a Helm chart',
    { 'templates/rule.yaml': manifest('  errors: {{ .Values.errors }}\n') },
    /may be made by a template \(templates\/rule.yaml\)/,
  ],
  [
    'by more templates than a sentence holds',
    Object.fromEntries(
      Array.from({ length: 7 }, (_, n) => [
        `${n}.yaml`,
        manifest('  errors: {{ .Values.errors }}\n'),
      ]),
    ),
    /\(0.yaml, 1.yaml, 2.yaml, 3.yaml, 4.yaml and 2 more\)/,
  ],
  [
    'in what is larger than any manifest',
    { 'chat.yaml': manifest(`  errors: 5 # ${'x'.repeat(100_000)}\n`) },
    /no YAML or larger than any manifest: chat.yaml/,
  ],
  [
    'otherwise than in the cluster',
    { 'chat.yaml': manifest('  errors: 9\n') },
    /not written as the cluster has it.*chat.yaml: .* it has 9/,
  ],
  [
    'in two places',
    {
      'eu/chat.yaml': manifest('  errors: 5\n'),
      'us/chat.yaml': manifest('  errors: 5\n'),
    },
    /several files that the fix fits, eu\/chat.yaml, us\/chat.yaml/,
  ],
])('says why not where it is written %s', (_, files, why) => {
  const plan = planFixes(
    [sevenAt('/spec/errors')],
    new Map(Object.entries(files)),
  );
  expect(plan.files.size).toBe(0);
  expect(plan.refused).toMatchObject([{ why: expect.stringMatching(why) }]);
});

it('names the files that were too large to be looked through', () => {
  const { refused } = planFixes([sevenAt('/spec/errors')], new Map(), [
    'data.yaml',
  ]);
  expect(refused).toMatchObject([
    { why: expect.stringContaining('not looked through: data.yaml.') },
  ]);
});

describe('guards', () => {
  const before = manifest(
    '  http:\n    - name: vip\n      retries: 3\n    - retries: 3\n',
  );
  const planned = (text: string, path: string) =>
    planFixes(
      [finding({ before, jsonPatch: [{ op: 'replace', path, value: 2 }] })],
      new Map([['chat.yaml', text]]),
    );

  it('takes an entry of a list for the same by its name, whatever else differs', () => {
    const text = before.replace(
      '      retries: 3\n    - ',
      '      retries: 3\n      more: 1\n    - ',
    );
    expect(planned(text, '/spec/http/0/retries').files.get('chat.yaml')).toBe(
      text.replace('retries: 3', 'retries: 2'),
    );
  });

  it.each([
    [
      'an entry of another name',
      before.replace('vip', 'other'),
      '/spec/http/0/retries',
    ],
    [
      'another entry without a name',
      before.replace('- retries: 3', '- retries: 3\n      more: 1'),
      '/spec/http/1/retries',
    ],
    [
      'another value',
      before.replace('retries: 3', 'retries: 4'),
      '/spec/http/0/retries',
    ],
  ])('does not change %s', (_, text, path) => {
    expect(planned(text, path)).toMatchObject({
      done: [],
      refused: [
        { why: expect.stringContaining('not written as the cluster has it') },
      ],
    });
  });

  it('does not overwrite a setting that is in the file alone', () => {
    const add = finding({
      before: manifest('  host: chat\n'),
      jsonPatch: [{ op: 'add', path: '/spec/timeout', value: '1s' }],
    });
    const text = manifest('  host: chat\n  timeout: 9s\n');
    expect(
      planFixes([add], new Map([['chat.yaml', text]])).refused,
    ).toMatchObject([
      { why: expect.stringContaining("has 'timeout' already") },
    ]);
  });
});

it('gives a new object a file, and overwrites none', () => {
  const strict = finding({ yaml: 'kind: DestinationRule\n' });
  expect([...planFixes([strict], new Map()).files]).toEqual([
    ['destinationrule-chat.yaml', 'kind: DestinationRule\n'],
  ]);
  for (const files of [
    { 'destinationrule-chat.yaml': 'kept' },
    { 'chat.yaml': manifest('  errors: 5\n') },
  ]) {
    const plan = planFixes([strict], new Map(Object.entries(files)));
    expect(plan.files.size).toBe(0);
    expect(plan.refused).toHaveLength(1);
  }
});

it.each([
  { name: '../../etc/chat' },
  { name: 'x/../.github/workflows/chat' },
  { name: 'chat\n' },
  { kind: '../DestinationRule' },
])('makes no file that would be called by %j', wrong => {
  const fix = { yaml: 'x', object: { ...object, ...wrong } };
  expect(planFixes([finding(fix)], new Map())).toMatchObject({
    files: new Map(),
    refused: [{ why: 'A file cannot be called by its name.' }],
  });
});

it('leaves to a person what has no fix', () => {
  expect(planFixes([finding(undefined)], new Map()).refused).toMatchObject([
    { why: expect.stringContaining('by hand') },
  ]);
});

it('shows what the cluster says, and lets it link or mention nobody', () => {
  const { title, description } = describeFixes(['component:default/chat'], {
    done: [
      {
        file: 'chat.yaml',
        finding: finding(
          {},
          {
            message:
              '[click](https://evil.example) @everybody <img> www.evil.example Fixes #12, closes GH-13',
          },
        ),
      },
    ],
  });
  expect(title).toBe('Mend AIM202 of component:default/chat');
  expect(description).toContain(
    '\\[click\\](https:\u200b//evil.example) @\u200beverybody \\<img\\> www\u200b.evil.example Fixes \\#\u200b12, closes GH\u200b-13',
  );
  expect(description).toContain('- configuration: 5 and 5');
});
