import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { yarn } from './dependencies.mjs';
import { freePort } from './ports.mjs';
import { output, root, run, say } from './shell.mjs';

const OBJECTIVE = `apiVersion: openslo/v1
kind: SLO
metadata: { name: answers }
spec:
  indicator:
    spec:
      ratioMetric:
        bad: { metricSource: { type: Prometheus, spec: { query: failed_total } } }
        total: { metricSource: { type: Prometheus, spec: { query: all_total } } }
  timeWindow: [{ duration: 30d, isRolling: true }]
  objectives: [{ target: 0.99 }]
`;

/** What a backend of all that is packed is made of, each module beside the plugin that it belongs to. */
const STARTED = [
  '@ai-mesh/plugin-ai-mesh-backend',
  '@backstage/plugin-catalog-backend',
  '@backstage/plugin-scaffolder-backend',
  '@ai-mesh/plugin-scaffolder-backend-module-ai-mesh',
  '@backstage/plugin-search-backend',
  '@ai-mesh/plugin-search-backend-module-ai-mesh',
  '@backstage-community/plugin-tech-insights-backend',
  '@ai-mesh/plugin-tech-insights-backend-module-ai-mesh',
  '@red-hat-developer-hub/backstage-plugin-scorecard-backend',
  '@ai-mesh/plugin-scorecard-backend-module-ai-mesh',
];

const bin = name => join(root, 'node_modules', '.bin', name);

/** Builds the packages as they are published, with their declarations. Gives their folders. */
export async function buildPackages() {
  await run(bin('tsc'), []);
  const folders = publishedFolders();
  const left = [...folders];
  const build = async () => {
    for (let cwd = left.shift(); cwd; cwd = left.shift()) {
      await run(bin('backstage-cli'), ['package', 'build'], { cwd });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, build));
  return folders;
}

/**
 * Builds the packages as they are published and packs each into an archive of its name. Gives the archives. Throws when one
 * cannot be built or holds what it should not.
 */
export async function packPackages(target) {
  const folders = await buildPackages();
  mkdirSync(target, { recursive: true });
  const archives = folders.map(folder => pack(folder, target));
  for (const archive of archives) {
    await checkContents(archive);
  }
  return archives;
}

/**
 * Starts a backend with all of the packed plugins and modules, and the packed sandbox's command, in a folder of its own, where
 * none of the source is. A file of objectives is read there on a thread, whose code is a file of its own. Throws when one of
 * these fails.
 */
export async function startPackedPackages(archives) {
  const elsewhere = mkdtempSync(join(tmpdir(), 'ai-mesh-packed-'));
  try {
    for (const archive of archives) {
      await unpack(archive, packed(elsewhere, basename(archive, '.tgz')));
    }
    linkDependencies(join(elsewhere, 'node_modules'));
    await startBackend(elsewhere);
    await readObjectives(elsewhere);
    await run(
      process.execPath,
      [packed(elsewhere, 'mesh-sandbox', 'bin', 'mesh-sandbox'), '--help'],
      { cwd: elsewhere, stdio: ['ignore', 'ignore', 'inherit'] },
    );
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
}

function publishedFolders() {
  return ['plugins', 'packages']
    .flatMap(parent =>
      readdirSync(join(root, parent)).map(name => join(root, parent, name)),
    )
    .filter(folder => manifestOf(folder).private !== true);
}

function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function packed(elsewhere, name, ...path) {
  return join(elsewhere, 'node_modules', '@ai-mesh', name, ...path);
}

function pack(folder, target) {
  const name = manifestOf(folder).name.split('/')[1];
  const archive = join(target, `${name}.tgz`);
  if (
    output(process.execPath, [yarn, 'pack', '--out', archive], {
      cwd: folder,
    }) === undefined
  ) {
    throw new Error(`${name} cannot be packed; run yarn pack in ${folder}`);
  }
  say(`packed ${name}, ${Math.round(statSync(archive).size / 1024)} kB`);
  return archive;
}

async function unpack(archive, target) {
  mkdirSync(target, { recursive: true });
  await run('tar', ['xzf', archive, '-C', target, '--strip-components', '1']);
}

/**
 * Throws for a file that nobody needs, one that everybody expects, what its page in a registry or Backstage's discovery would lack,
 * and a link of a document to what is not there.
 */
async function checkContents(archive) {
  const folder = mkdtempSync(join(tmpdir(), 'ai-mesh-contents-'));
  try {
    await unpack(archive, folder);
    const fault = faultOf(folder);
    if (fault) {
      throw new Error(`${basename(archive)} is packed ${fault}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function faultOf(folder) {
  const files = readdirSync(folder, { recursive: true });
  const useless = files.filter(file =>
    /\.map$|\.test\.|__testUtils__/.test(file),
  );
  if (useless.length > 0) {
    return `with ${useless.join(', ')}`;
  }
  const manifest = manifestOf(folder);
  const { main, types } = manifest;
  const missing = ['README.md', 'LICENSE', 'CHANGELOG.md', main, types].filter(
    file => !existsSync(join(folder, file)),
  );
  if (missing.length > 0) {
    return `without ${missing.join(', ')}`;
  }
  const unsaid = ['description', 'keywords', 'license'].filter(
    key => !manifest[key]?.length,
  );
  if (unsaid.length > 0) {
    return `without ${unsaid.join(', ')} in its manifest`;
  }
  // By these, Backstage discovers what it has not loaded.
  const { role, features } = manifest.backstage;
  if (/-plugin(-module)?$/.test(role) && !features) {
    return 'without the features that its manifest should name';
  }
  return files
    .filter(file => file.endsWith('.md'))
    .flatMap(file =>
      linksOf(join(folder, file))
        .filter(link => !existsSync(join(folder, dirname(file), link)))
        .map(link => `without what ${file} links: ${link}`),
    )[0];
}

/** The files that a document links to. */
function linksOf(document) {
  return [...readFileSync(document, 'utf8').matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map(([, link]) => link)
    .filter(link => !/^[a-z]+:/.test(link));
}

/** Everything that is installed here, except this repository's own packages. */
function linkDependencies(target) {
  const source = join(root, 'node_modules');
  const own = new Set(['@ai-mesh', 'app', 'backend']);
  for (const name of readdirSync(source)) {
    if (own.has(name) || name.startsWith('.')) {
      continue;
    }
    if (!name.startsWith('@')) {
      symlinkSync(join(source, name), join(target, name));
      continue;
    }
    mkdirSync(join(target, name));
    for (const scoped of readdirSync(join(source, name))) {
      symlinkSync(join(source, name, scoped), join(target, name, scoped));
    }
  }
}

/** Starts, asks for the API without credentials, and stops: 401 is the plugin's own answer. */
async function startBackend(folder) {
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const config = {
    app: { baseUrl },
    backend: {
      baseUrl,
      listen: { host: '127.0.0.1', port },
      database: { client: 'better-sqlite3', connection: ':memory:' },
    },
    catalog: { locations: [] },
    // Nothing listens there: a cluster that is away must not keep the plugin from starting.
    aiMesh: {
      clusters: [
        {
          name: 'away',
          kubernetes: {
            url: 'http://127.0.0.1:9',
            serviceAccountToken: 'none',
          },
        },
      ],
    },
  };
  writeFileSync(join(folder, 'app-config.yaml'), JSON.stringify(config));
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'packed', version: '1.0.0' }),
  );
  writeFileSync(
    join(folder, 'start.cjs'),
    `const { createBackend } = require('@backstage/backend-defaults');
const backend = createBackend();
${STARTED.map(name => `backend.add(import('${name}'));\n`).join('')}(async () => {
  await backend.start();
  const { status } = await fetch('${baseUrl}/api/ai-mesh/v1/openapi.json');
  await backend.stop();
  if (status !== 401) throw new Error('answered ' + status + ' instead of 401');
  process.exit(0);
})().catch(error => {
  console.error(error);
  process.exit(1);
});
`,
  );
  await run(process.execPath, ['--preserve-symlinks', 'start.cjs'], {
    cwd: folder,
    env: { ...process.env, LOG_LEVEL: 'warn' },
  });
  say('the packed backend starts with its modules, answers and stops');
}

/** Reads a file of objectives as the packed backend does. */
async function readObjectives(folder) {
  const threads = packed(
    folder,
    'plugin-ai-mesh-backend',
    'dist/slo/openslo/DocumentThreads.cjs.js',
  );
  writeFileSync(
    join(folder, 'read.cjs'),
    `const { DocumentThreads } = require(${JSON.stringify(threads)});
const text = ${JSON.stringify(OBJECTIVE)};
const limits = { bytes: 1e5, lines: 5000, nesting: 40, keys: 1e4, objectives: 200, series: 1e4, seconds: 30 };
(async () => {
  const pool = new DocumentThreads();
  const read = await pool.read({ text, source: { name: 'slos.yaml' }, limits });
  await pool.stop();
  if (read.objectives.length !== 1 || read.problems.length !== 0) {
    throw new Error('read of one objective: ' + JSON.stringify(read));
  }
})().catch(error => {
  console.error(error);
  process.exit(1);
});
`,
  );
  await run(process.execPath, ['--preserve-symlinks', 'read.cjs'], {
    cwd: folder,
  });
  say('the packed backend reads objectives on a thread');
}
