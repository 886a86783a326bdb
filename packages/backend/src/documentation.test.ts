import { entityEnvelopeSchemaValidator } from '@backstage/catalog-model';
import { existsSync, globSync, readdirSync, readFileSync } from 'fs';
import { dirname, join, normalize } from 'path';
import { parse, parseAllDocuments } from 'yaml';

const root = join(__dirname, '../../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** Pages below `docs`, those of its folders too. */
const pages = readdirSync(join(root, 'docs'), { recursive: true })
  .map(String)
  .filter(name => name.endsWith('.md'));

const withoutCode = (file: string) => read(file).replace(/^```.*?^```/gms, '');

/** Where the links of a document lead that stay in the repository, by its root: a file, and what of it. */
function linksOf(document: string): { file: string; anchor?: string }[] {
  return [...withoutCode(document).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link)
    .filter(link => !/^[a-z]+:/.test(link))
    .map(link => {
      const [path, anchor] = link.split('#');
      const file = path ? normalize(join(dirname(document), path)) : document;
      return { file, anchor };
    });
}

/** What of a document can be linked to: its headings, as GitHub and MkDocs name them. */
const anchorsOf = (document: string) =>
  [...withoutCode(document).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s+/g, '-'),
  );

const isThere = ({ file, anchor }: { file: string; anchor?: string }) =>
  existsSync(join(root, file)) &&
  (anchor === undefined || anchorsOf(file).includes(anchor));

const documents = [
  ...['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...pages.map(page => join('docs', page)),
  ...['plugins', 'packages']
    .flatMap(folder =>
      readdirSync(join(root, folder)).map(name =>
        join(folder, name, 'README.md'),
      ),
    )
    .filter(file => existsSync(join(root, file))),
];

const manifests = [
  'catalog-info.yaml',
  ...readdirSync(join(root, 'plugins')).map(name =>
    join('plugins', name, 'catalog-info.yaml'),
  ),
];

/** What a catalog file describes. */
const entitiesOf = (file: string) =>
  parseAllDocuments(read(file)).map(document => document.toJS());

describe('the documentation, as TechDocs builds it', () => {
  const nav: Record<string, string>[] = parse(read('mkdocs.yml')).nav;

  it('has every page that its menu names', () => {
    const named = nav.flatMap(entry => Object.values(entry));
    expect(named.filter(page => !pages.includes(page))).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
  });

  it('names every page but the decisions, which have a page of their own', () => {
    const named = new Set(nav.flatMap(entry => Object.values(entry)));
    expect(
      pages.filter(page => !page.startsWith('decisions/') && !named.has(page)),
    ).toEqual([]);
  });

  it.each(pages)('holds what %s links to', page => {
    expect(
      linksOf(join('docs', page)).filter(
        ({ file }) => !file.startsWith('docs/'),
      ),
    ).toEqual([]);
  });

  it('leads from its first page to how it is installed, what it may do and how it is built', () => {
    expect(linksOf('docs/index.md').map(({ file }) => file)).toEqual(
      expect.arrayContaining([
        'docs/install.md',
        'docs/rbac.md',
        'docs/architecture.md',
      ]),
    );
  });
});

describe('a link', () => {
  it.each(documents)('of %s leads to what there is', document => {
    expect(linksOf(document).filter(link => !isThere(link))).toEqual([]);
  });

  it('of a screen does so too', () => {
    const screens = read(
      'plugins/ai-mesh/src/components/Guide/useDocumentation.ts',
    );
    const languages = globSync(
      'plugins/ai-mesh-common/src/texts/*/atStart.ts',
      {
        cwd: root,
      },
    ).map(read);
    const linked = [screens, ...languages].flatMap(text =>
      [...text.matchAll(/: '([\w.-]*\/|#[\w-]+)'/g)].map(([, page]) => page),
    );
    expect(linked.length).toBeGreaterThan(10);
    expect(
      linked.filter(page => {
        const [path, anchor] = page.split('#');
        const name = path.replace(/\/$/, '') || 'index';
        return !isThere({ file: `docs/${name}.md`, anchor });
      }),
    ).toEqual([]);
  });
});

describe('the catalog files', () => {
  const own = entitiesOf('catalog-info.yaml');
  const find = (kind: string) => own.find(entity => entity.kind === kind);

  it.each(manifests)('%s describes entities', file => {
    const validate = entityEnvelopeSchemaValidator();
    const entities = entitiesOf(file);
    expect(entities.map(entity => validate(entity).kind)).not.toEqual([]);
  });

  it('lists every plugin', () => {
    expect(
      find('Location').spec.targets.map((target: string) => normalize(target)),
    ).toEqual(manifests.slice(1).sort());
  });

  it.each(manifests.slice(1))(
    '%s leads to the documentation, and to an owner that there is',
    file => {
      const component = find('Component');
      const [{ metadata, spec }] = entitiesOf(file);
      expect(metadata.annotations['backstage.io/techdocs-entity']).toBe(
        `component:default/${component.metadata.name}`,
      );
      expect(component.metadata.annotations).toHaveProperty([
        'backstage.io/techdocs-ref',
      ]);
      expect(spec).toMatchObject({
        owner: find('Group').metadata.name,
        subcomponentOf: component.metadata.name,
      });
    },
  );
});

describe.each(['README.md', 'README.zh-CN.md'])('%s', readme => {
  it('names every benchmark', () => {
    const benchmarks = readdirSync(join(root, 'scripts', 'bench'))
      .map(file => file.replace('.mjs', ''))
      // The one that runs without a name.
      .filter(name => name !== 'read-path');
    const named = [...read(readme).matchAll(/^npm run bench +([a-z]+) /gm)];
    expect(named.map(([, name]) => name).sort()).toEqual(benchmarks.sort());
  });
});
