import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './__testUtils__/inNode';

/** The README as it is packed, of a package whose manifest says this. */
function packedReadme(manifest: object): string {
  const there = mkdtempSync(join(tmpdir(), 'ai-mesh-docs-'));
  const folder = join(there, 'plugins', 'mesh');
  const write = (file: string, text: string) =>
    writeFileSync(join(there, file), text);
  try {
    mkdirSync(folder, { recursive: true });
    mkdirSync(join(there, 'docs'));
    write('LICENSE', 'Apache License');
    write('docs/canary.md', '# Canary');
    write('plugins/mesh/package.json', JSON.stringify(manifest));
    write(
      'plugins/mesh/README.md',
      '[Canary](../../docs/canary.md#steps), [its code](../mesh-common/src), [Istio](https://istio.io)',
    );
    const script = `import(${JSON.stringify(join(root, 'scripts/lib/packedDocs.mjs'))}).then(({ layDocs }) =>
      layDocs(${JSON.stringify(there)}, ${JSON.stringify(folder)}))`;
    execFileSync(process.execPath, ['-e', script], { stdio: 'pipe' });
    expect(readFileSync(join(folder, 'docs/canary.md'), 'utf8')).toBe(
      '# Canary',
    );
    return readFileSync(join(folder, 'README.md'), 'utf8');
  } finally {
    rmSync(there, { recursive: true });
  }
}

const rest = 'its code, [Istio](https://istio.io)';

it('links to the documents in the archive while nobody knows of a repository', () => {
  expect(packedReadme({})).toBe(`[Canary](docs/canary.md#steps), ${rest}`);
});

it.each([
  'https://github.com/acme/ai-mesh',
  'git+https://github.com/acme/ai-mesh.git',
  {
    type: 'git',
    url: 'https://github.com/acme/ai-mesh/',
    directory: 'plugins/mesh',
  },
])('links to the documents of %p, which every page can', repository => {
  expect(packedReadme({ repository })).toBe(
    `[Canary](https://github.com/acme/ai-mesh/blob/HEAD/docs/canary.md#steps), ${rest}`,
  );
});

it('refuses an address that no reader can open', () => {
  expect(() =>
    packedReadme({ repository: 'ssh://git@github.com/acme/ai-mesh' }),
  ).toThrow(/repository is to be an address of https/);
});
