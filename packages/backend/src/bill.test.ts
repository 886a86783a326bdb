import { execFileSync } from 'child_process';
import { existsSync, readFileSync } from 'fs';
import { join } from 'path';

const root = join(__dirname, '..', '..', '..');
const backend = 'plugins/ai-mesh-backend';

interface Component {
  name: string;
  version: string;
  licence: string;
  purl: string;
}

/** As `npm run bill` writes them, which then asks the registry for advisories: no test does. */
function componentsOf(workspaces: string[]): Component[] {
  const script = `import(${JSON.stringify(join(root, 'scripts/lib/components.mjs'))}).then(({ componentsOf }) =>
    console.log(JSON.stringify(componentsOf(${JSON.stringify(root)}, ${JSON.stringify(workspaces)}))))`;
  return JSON.parse(
    execFileSync(process.execPath, ['-e', script], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    }),
  );
}

describe('the bill of what a published package brings along', () => {
  const components = componentsOf([backend]);
  const { name: own, dependencies } = JSON.parse(
    readFileSync(join(root, backend, 'package.json'), 'utf8'),
  ) as { name: string; dependencies: Record<string, string> };

  it('has each of its dependencies, and theirs', () => {
    const names = new Set(components.map(({ name }) => name));
    expect(
      Object.keys(dependencies).filter(
        name => !name.startsWith('@ai-mesh/') && !names.has(name),
      ),
    ).toEqual([]);
    expect(names.size).toBeGreaterThan(Object.keys(dependencies).length * 2);
  });

  it('names each version once, with a licence or that it has none', () => {
    expect(new Set(components.map(({ purl }) => purl)).size).toBe(
      components.length,
    );
    for (const { name, version, licence, purl } of components) {
      expect(version).toMatch(/^\d+\.\d+\.\d+/);
      expect(licence).not.toBe('');
      expect(purl).toBe(`pkg:npm/${name.replace('@', '%40')}@${version}`);
    }
  });

  it('has nothing that it is only developed with, and not itself', () => {
    const names = components.map(({ name }) => name);
    expect(names).not.toContain(own);
    expect(names).not.toContain('fast-check');
    expect(existsSync(join(root, 'node_modules/fast-check'))).toBe(true);
  });
});
