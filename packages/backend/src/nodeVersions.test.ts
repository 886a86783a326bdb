import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inNode, root } from './__testUtils__/inNode';

const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** Versions about every border that matters, and whether the scripts run on them. */
const supported = inNode<Record<string, boolean>>(
  'node',
  `Object.fromEntries(${JSON.stringify([
    ...['18.20.0', '20.19.0', '21.7.0', '22.0.0', '22.11.0', '22.12.0'],
    ...['22.21.0', '23.9.0', '24.0.0', '24.21.0', '25.0.0', '26.0.0'],
  ])}.map(version => [version, script.isSupported(version)]))`,
);

/** Whether a range of the form `^22.12.0 || ^24.0.0` has a version. */
function isIn(range: string, version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return range.split('||').some(part => {
    const [, lineMajor, leastMinor] = /^\^(\d+)\.(\d+)\.0$/.exec(part.trim())!;
    return major === Number(lineMajor) && minor >= Number(leastMinor);
  });
}

const manifests = [
  'package.json',
  ...['packages', 'plugins']
    .flatMap(folder =>
      readdirSync(join(root, folder)).map(name => join(folder, name)),
    )
    .map(folder => join(folder, 'package.json'))
    .filter(file => existsSync(join(root, file))),
];

describe('the versions of Node', () => {
  it.each(manifests.filter(file => JSON.parse(read(file)).engines))(
    '%s claims are those that everything runs on',
    file => {
      const { node } = JSON.parse(read(file)).engines;
      for (const [version, isSupported] of Object.entries(supported)) {
        expect({ version, claimed: isIn(node, version) }).toEqual({
          version,
          claimed: isSupported,
        });
      }
    },
  );

  it('are claimed by every package that is published', () => {
    const silent = manifests.filter(file => {
      const { private: isPrivate, engines } = JSON.parse(read(file));
      return !isPrivate && !engines?.node;
    });
    expect(silent).toEqual([]);
  });

  it.each(['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md'])(
    '%s asks for are those, from the first of a line on',
    file => {
      const asked = Array.from(
        read(file).matchAll(
          /Node (\d+(?:\.\d+)?)\+?(?:(?:,| or| and|、| 或| 和) (\d+(?:\.\d+)?))*/g,
        ),
        ([text]) => text.match(/\d+(?:\.\d+)?/g)!,
      );
      expect(asked.length).toBeGreaterThan(0);
      for (const versions of asked) {
        expect(versions).toEqual(['22.12', '24']);
      }
      expect([supported['22.12.0'], supported['24.0.0']]).toEqual([true, true]);
      expect([supported['22.11.0'], supported['20.19.0']]).toEqual([
        false,
        false,
      ]);
    },
  );
});
