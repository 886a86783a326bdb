import type { JsonPatchOperation } from '@ai-mesh/plugin-ai-mesh-common';
import fc from 'fast-check';
import { appendFileSync } from 'fs';
import { editManifest, isTemplated, manifestsIn } from './editManifest';
import { FixRefusal } from './FixRefusal';

/** Set by `npm run fuzz`: until when it goes on, from which seed, and where it says what it came to. */
const {
  AI_MESH_FUZZ_UNTIL = '0',
  AI_MESH_FUZZ_SEED = '1',
  AI_MESH_FUZZ_REPORT,
} = process.env;
const ATTEMPTS = 500;
const LONGEST_MS = 200;

jest.setTimeout(Math.max(0, Number(AI_MESH_FUZZ_UNTIL) - Date.now()) + 120_000);

const chat = {
  cluster: 'shop',
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  namespace: 'ai-services',
  name: 'chat',
};
const right = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: chat }
spec:
  hosts: [chat]
  http:
    - name: vip # paying customers
      timeout: "60s"
      route:
        - destination: { host: chat, subset: v1 }
          weight: 100
`;
const patch: JsonPatchOperation[] = [
  { op: 'test', path: '/spec/http/0/timeout', value: '60s' },
  { op: 'replace', path: '/spec/http/0/timeout', value: '90s' },
  { op: 'add', path: '/spec/http/0/retries', value: { attempts: 0 } },
];

const keys = (count: number, end: string) =>
  Array.from({ length: count }, (_, n) => `k${n}: ${n}`).join(end);
const about = (text: string) => `${right}${text}`;

/** Manifests that would keep a parser busy for many seconds, and are small enough to be read. */
const bombs: Record<string, string> = {
  '5,000 keys': about(`${keys(5000, '\n')}\n`),
  '5,000 keys in one line': about(`x: { ${keys(5000, ', ')} }\n`),
  '90,000 brackets': about(`x: ${'['.repeat(90_000)}\n`),
  '40,000 brackets that close': about(
    `x: ${'['.repeat(40_000)}${']'.repeat(40_000)}\n`,
  ),
  '20,000 maps': about(`x: ${'{a: '.repeat(20_000)}\n`),
  '40,000 items': about(`x:\n ${'- '.repeat(40_000)}\n`),
  '40,000 keys that are none': about(`${'? '.repeat(40_000)}\n`),
  '400 steps of indentation': about(
    `${Array.from({ length: 400 }, (_, n) => `${' '.repeat(n)}a:`).join('\n')}\n`,
  ),
  'anchors of anchors': about(
    `a0: &a0 [1,1]\n${Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n},*a${n},*a${n}]`).join('\n')}\n`,
  ),
  'half of a template, often': about(`# ${'{{'.repeat(400_000)}\n`),
  '200,000 documents': about('---\n'.repeat(200_000)),
};

function editAll(text: string): number {
  isTemplated(text);
  const found = manifestsIn(text, chat);
  for (const manifest of found) {
    try {
      editManifest(manifest, patch);
    } catch (error) {
      if (!(error instanceof FixRefusal)) {
        throw error;
      }
    }
  }
  return found.length;
}

/** Milliseconds that this process computed meanwhile: a machine that is busy with something else does not count. */
function costOf(work: () => void): number {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

describe('manifests of a repository', () => {
  it.each(Object.entries(bombs))('of %s are given up soon', (_, text) => {
    // A part of a second, and some seconds on a slow machine; without limits it is a minute, or for ever.
    expect(costOf(() => editAll(text))).toBeLessThan(8000);
  });

  it.each(['&a { <<: *a }', '&a [*a]', '&a { b: [{ c: *a }] }', '&a *a'])(
    'that hold themselves are not read: %s',
    value => {
      expect(editAll(right.replace(/timeout: .*/, `timeout: ${value}`))).toBe(
        0,
      );
    },
  );

  const crumb = fc.constantFrom(
    ...['\n', '\r\n', ' ', '  ', '- ', '? ', ': ', '#', '&a ', '*a', '|', '>-'],
    ...[
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '{{',
      '}}',
      '---\n',
      '...\n',
      '!!binary ',
    ],
    ...['<<: *a', '\u0000', '\u2028', '\ud800', '\t', '__proto__: x', 'k: v'],
    ...['{ toString: 1 }', '&a { <<: *a }', '? [a] : b\n'],
  );
  const mutant = fc
    .array(fc.tuple(fc.nat(), crumb, fc.nat({ max: 15 })), {
      minLength: 1,
      maxLength: 4,
    })
    .map(changes =>
      changes.reduce((text, [where, what, removed]) => {
        const at = where % (text.length + 1);
        return text.slice(0, at) + what + text.slice(at + removed);
      }, right),
    );

  it('are edited or refused, whatever is wrong with them', () => {
    let seed = Number(AI_MESH_FUZZ_SEED);
    let found = 0;
    const figures = { attempts: 0, longestStallMs: 0 };
    const attack = fc.property(mutant, text => {
      const ms = costOf(() => {
        found += editAll(text);
      });
      figures.attempts += 1;
      figures.longestStallMs = Math.max(figures.longestStallMs, ms);
      if (ms > LONGEST_MS) {
        throw new Error(`took ${Math.round(ms)} ms`);
      }
    });
    do {
      fc.assert(attack, {
        numRuns: ATTEMPTS,
        seed: seed++,
        endOnFailure: true,
      });
    } while (Date.now() < Number(AI_MESH_FUZZ_UNTIL));
    expect(found).toBeGreaterThan(figures.attempts / 20);
    if (AI_MESH_FUZZ_REPORT) {
      appendFileSync(
        AI_MESH_FUZZ_REPORT,
        `${JSON.stringify({ what: 'manifests', ...figures })}\n`,
      );
    }
  });
});
