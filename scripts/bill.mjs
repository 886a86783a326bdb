// Writes what the published packages are made of: dist/sbom.cdx.json (CycloneDX 1.5) and dist/licences.md, of everything
// that they bring along; and asks the registry for known problems of it, or says that it could not.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { componentsOf } from './lib/components.mjs';
import { root, say } from './lib/shell.mjs';

const manifestOf = path =>
  JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));

/** Whatever is published of the project; what it is developed and shown with is not installed by anybody. */
const published = readdirSync(join(root, 'plugins'))
  .map(name => `plugins/${name}`)
  .filter(path => manifestOf(path).private !== true);
const components = componentsOf(root, published);
const folder = join(root, 'dist');
mkdirSync(folder, { recursive: true });

const { version } = manifestOf('.');

/** CycloneDX wants SPDX's words as an expression, and any others as a name. */
const licencesOf = ({ licence }) =>
  licence === 'not declared' || !/^[\w.()+ -]+$/.test(licence)
    ? [{ license: { name: licence } }]
    : [{ expression: licence }];

writeFileSync(
  join(folder, 'sbom.cdx.json'),
  JSON.stringify(
    {
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      version: 1,
      metadata: {
        component: { type: 'application', name: 'ai-mesh', version },
      },
      components: components.map(one => ({
        type: 'library',
        'bom-ref': one.purl,
        name: one.name,
        version: one.version,
        purl: one.purl,
        licenses: licencesOf(one),
      })),
    },
    null,
    2,
  ),
);

const byLicence = Map.groupBy(components, ({ licence }) => licence);
const sections = [...byLicence]
  .sort(([a], [b]) => a.localeCompare(b))
  .map(
    ([licence, list]) =>
      `## ${licence}\n\n${list.map(({ name, version: of }) => `- ${name} ${of}`).join('\n')}\n`,
  );
writeFileSync(
  join(folder, 'licences.md'),
  `# Licences\n\nOf ${components.length} packages that AI Mesh brings along.\n\n${sections.join('\n')}`,
);
say(
  `${components.length} packages of ${published.length} that are published, under ${byLicence.size} licences: dist/sbom.cdx.json, dist/licences.md`,
);

const yarn = join(root, '.yarn/releases/yarn-4.18.1.cjs');
const audit = spawnSync(
  process.execPath,
  [yarn, 'npm', 'audit', '--recursive', '--environment', 'production'],
  { cwd: root, encoding: 'utf8', timeout: 120_000 },
);
const said = `${audit.stdout}${audit.stderr}`;
if (audit.status === 0) {
  say('the registry knows of no problem of these packages');
} else if (audit.error || said.includes('YN0035') || said.includes('YN0001')) {
  say(
    'NOT CHECKED for known problems: the registry’s advisories cannot be reached from here',
  );
} else {
  say('the registry knows of problems:');
  process.stdout.write(said);
  process.exitCode = 1;
}
