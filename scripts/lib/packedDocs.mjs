import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const LINK = /(!?)\[([^\]]*)\]\(([^)\s]+)\)/g;
const README = 'README.md';
const KEPT = '.README.md-prepack';
const LICENCE = 'LICENSE';
/** The schema of settings, and what the packer makes of it. */
const SCHEMA = { source: 'config.d.ts', packed: 'config.schema.json' };

/**
 * Lays what a package's README links to into the package, so that the links work from its page and from where it is
 * installed: documents of the repository's `docs` with what these link to, and the licence. A link to what the package
 * cannot hold becomes its words, and the documents' screenshots, which would be most of it, are left out. Where the package
 * says which `repository` it is of, its README links to the documents there: a registry's page has no other files of the
 * package. `removeDocs` undoes it.
 */
export function layDocs(root, folder) {
  removeDocs(folder);
  const readme = readFileSync(join(folder, README), 'utf8');
  renameSync(join(folder, README), join(folder, KEPT));
  const taken = new Set();
  const web = webAddressOf(folder);
  writeFileSync(
    join(folder, README),
    readme.replace(LINK, (whole, image, words, target) => {
      const [path, anchor] = target.split('#');
      const inDocs = /^\.\.\/\.\.\/docs\/(.+)$/.exec(path)?.[1];
      if (inDocs) {
        copyDocument(root, folder, inDocs, taken);
        const docs = web ? `${web}/docs` : 'docs';
        return `${image}[${words}](${docs}/${inDocs}${anchor ? `#${anchor}` : ''})`;
      }
      if (path === SCHEMA.source) {
        return `[${SCHEMA.packed}](${SCHEMA.packed})`;
      }
      return path.startsWith('../') ? words : whole;
    }),
  );
  copyFileSync(join(root, LICENCE), join(folder, LICENCE));
}

/** The package as it was before `layDocs`, also after one that was cut off. */
export function removeDocs(folder) {
  if (existsSync(join(folder, KEPT))) {
    renameSync(join(folder, KEPT), join(folder, README));
  }
  rmSync(join(folder, 'docs'), { recursive: true, force: true });
  rmSync(join(folder, LICENCE), { force: true });
}

/** Where the files of the package's repository can be read, as GitHub and GitLab show them; undefined where it is not known. */
function webAddressOf(folder) {
  const { repository } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const url = repository?.url ?? repository;
  if (url === undefined) {
    return undefined;
  }
  const { protocol, host, pathname } = new URL(url.replace(/^git\+/, ''));
  if (protocol !== 'https:') {
    throw new Error(`repository is to be an address of https, and is ${url}`);
  }
  return `https://${host}${pathname.replace(/\.git$|\/$/, '')}/blob/HEAD`;
}

/** @param path - of the document, from `docs` */
function copyDocument(root, folder, path, taken) {
  if (taken.has(path)) {
    return;
  }
  taken.add(path);
  const from = join(root, 'docs', path);
  const to = join(folder, 'docs', path);
  mkdirSync(dirname(to), { recursive: true });
  if (!path.endsWith('.md')) {
    copyFileSync(from, to);
    return;
  }
  const text = readFileSync(from, 'utf8');
  writeFileSync(
    to,
    text.replace(LINK, (whole, image, words, target) => {
      if (/^([a-z]+:|#)/.test(target)) {
        return whole;
      }
      const linked = normalize(join(dirname(path), target.split('#')[0]));
      if (linked.endsWith('.png')) {
        return '';
      }
      if (linked.startsWith('..')) {
        return words;
      }
      copyDocument(root, folder, linked, taken);
      return whole;
    }),
  );
}
