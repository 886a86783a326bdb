import { readFileSync } from 'fs';
import { resolve } from 'path';
import { ConfigReader } from '@backstage/config';
import type { JsonObject, JsonValue } from '@backstage/types';
import { readSettings } from './readSettings';

/** Every row of the page of settings: the key below `aiMesh`, and what it takes. */
const rows = [
  ...readFileSync(
    resolve(__dirname, '../../../../docs/configuration.md'),
    'utf8',
  ).matchAll(/^\| `([^`]+)`\s*\| (.*?)\s*\|/gm),
].map(([, key, type]) => ({ key, type }));

/** What has to be there beside a key, so that it is this one that is read. */
const beside: [key: RegExp, object: JsonObject][] = [
  [
    /^canary\.gates\[\]\.(sum|count|squares|unit|better|rollBack$|rollBack\.|advance$|advance\.|range)/,
    { canary: { gates: [{ kind: 'mean' }] } },
  ],
  [/^canary\.gates\[\]\.query/, { canary: { gates: [{ kind: 'value' }] } }],
  [/^canary\.gates\[\]\./, { canary: { gates: [{ kind: 'share' }] } }],
  [
    /^slo\.dialects\[\]\.errors\./,
    { slo: { dialects: [{ errors: { kind: 'label' } }] } },
  ],
];

function wrongFor(type: string): JsonValue {
  if (type === 'text' || type === 'text or list of text') {
    return 5;
  }
  return type === 'text or object' ? 5 : 'of another kind';
}

/** `aiMesh` with one value, at a key such as `clusters[].name`. */
function settingsWith(key: string, value: JsonValue): JsonObject {
  const base = beside.find(([pattern]) => pattern.test(key))?.[1] ?? {};
  const settings = structuredClone(base);
  const parts = key.replace('<name>', 'example').split(/\.|(?=\[\])/);
  parts.reduce<JsonObject>((at, part, index) => {
    const name = part === '[]' ? '0' : part;
    at[name] =
      index === parts.length - 1
        ? value
        : (at[name] ?? (parts[index + 1] === '[]' ? [] : {}));
    return at[name] as JsonObject;
  }, settings);
  return settings;
}

/** What is said, a line a mistake. */
function complaints(aiMesh: JsonObject): string[] {
  try {
    return readSettings(new ConfigReader({ aiMesh })).slo.problems;
  } catch (error) {
    return (error as Error).message
      .split('\n')
      .filter(line => line.startsWith('- '))
      .map(line => line.slice(2));
  }
}

const full = (key: string) =>
  `aiMesh.${key.replaceAll('[]', '[0]').replace('<name>', 'example')}`;

/** The words of the library that reads the settings, which say its own terms and not what is to be written. */
const LIBRARY = /Invalid|Too (small|big)|Unrecognized|expected|received/;

describe('every setting of the page', () => {
  it('is looked at', () => {
    expect(rows.length).toBeGreaterThan(300);
  });

  it.each(rows)(
    '$key says what it takes where it holds another kind of value than $type',
    ({ key, type }) => {
      const said = complaints(settingsWith(key, wrongFor(type)));
      const own = said.filter(line =>
        new RegExp(
          `^${full(key).replace(/[.[\]]/g, '\\$&')}(\\[\\d\\])?:? `,
        ).test(line),
      );
      expect([key, said, own.length]).toEqual([key, said, 1]);
      expect(own[0]).not.toMatch(LIBRARY);
      expect(own[0]).not.toContain('of another kind');
    },
  );

  it.each(rows.filter(({ key }) => !key.endsWith('<name>')))(
    '$key is named where it is mistyped',
    ({ key }) => {
      const name = key.split('.').at(-1)!;
      const said = complaints(
        settingsWith(`${key.replace(/\[\]$/, '')}q`, 'x'),
      );
      expect(said).toContainEqual(
        expect.stringContaining(
          `${full(key)}q is not a setting; did you mean '${name}'?`,
        ),
      );
    },
  );
});
