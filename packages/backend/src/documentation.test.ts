import { entityEnvelopeSchemaValidator } from '@backstage/catalog-model';
import { existsSync, readdirSync, readFileSync } from 'fs';
import { dirname, join, normalize } from 'path';
import { parse, parseAllDocuments } from 'yaml';

const root = join(__dirname, '../../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** Pages below `docs`, those of its folders too. */
const pages = readdirSync(join(root, 'docs'), { recursive: true })
  .map(String)
  .filter(name => name.endsWith('.md'));

/** Where a page's links lead, those of its code left out. */
function linksOf(page: string): string[] {
  const text = read(join('docs', page)).replace(/^```.*?^```/gms, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link)
    .filter(link => !/^([a-z]+:|#)/.test(link))
    .map(link => normalize(join(dirname(page), link.split('#')[0])));
}

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
      linksOf(page).filter(
        link => link.startsWith('..') || !existsSync(join(root, 'docs', link)),
      ),
    ).toEqual([]);
  });

  it('leads from its first page to how it is installed, what it may do and how it is built', () => {
    expect(linksOf('index.md')).toEqual(
      expect.arrayContaining(['install.md', 'rbac.md', 'architecture.md']),
    );
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
