// npm test: types, lint, formatting, settings, packages, their installation, unit and integration tests, end-to-end tests.
// `npm test -- types e2e` runs only those.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureApp } from './lib/app.mjs';
import { backstageRelease } from './lib/backstageReleases.mjs';
import { excludedVersions } from './lib/excludedVersions.mjs';
import { importCircles } from './lib/importCircles.mjs';
import { packPackages, startPackedPackages } from './lib/packedPackages.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { freePort } from './lib/ports.mjs';
import { root, say, spawnForeground, toldToStop, which } from './lib/shell.mjs';
import { testsBesideChanges } from './lib/changedTests.mjs';
import { jestCounts, playwrightCounts, sum } from './lib/testCounts.mjs';
import { unexplainedPins } from './lib/unexplainedPins.mjs';
import { unmetPeers } from './lib/unmetPeers.mjs';

const reports = join(root, 'coverage', 'reports');
const packed = join(root, '.tools', 'packed');
const bin = name => join(root, 'node_modules', '.bin', name);
const chromium =
  process.env.CHROMIUM_BIN ??
  ['chromium', 'chromium-browser', 'google-chrome'].map(which).find(Boolean);

const steps = {
  // With their declarations, of which the packages are built then.
  types: () => check(bin('tsc'), []),
  lint,
  formatting: () =>
    check(bin('prettier'), ['--check', '--log-level', 'warn', '.']),
  settings,
  packages,
  install,
  unit,
  e2e: endToEnd,
};

/** What takes a second alone may take ten beside others. */
const PATIENCE = '--testTimeout=60000';

/** For a quick look while one works: not part of everything. */
const quickSteps = { changed };

const chosen = process.argv.slice(2);
const known = { ...steps, ...quickSteps };
const strangers = chosen.filter(name => !known[name]);
if (strangers.length) {
  say(
    `no step ${strangers.join(', ')}; there are ${Object.keys(known).join(', ')}`,
  );
  process.exit(2);
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const wanted = Object.keys(known).filter(name =>
  chosen.length === 0 ? steps[name] : chosen.includes(name),
);
const of = names => wanted.filter(name => names.includes(name));
const compiler = ['types'];
const light = ['lint', 'formatting', 'settings'];
const after = wanted.filter(name => ![...compiler, ...light].includes(name));
const counts = [
  // Each has one thread.
  ...(
    await Promise.all([inTurn(of(compiler), appFor(after)), inTurn(of(light))])
  ).flat(),
  ...(await inTurn(after)),
];

const total = sum(counts);
process.stdout.write(
  `${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped\n`,
);
process.exitCode = total.failed > 0 || toldToStop() ? 1 : 0;

async function inTurn(names, last = async () => {}) {
  const results = [];
  for (const name of names) {
    if (toldToStop()) {
      say(`${name}: not run, told to stop`);
      continue;
    }
    say(`${name} ...`);
    const started = Date.now();
    const result = await known[name]();
    const seconds = Math.round((Date.now() - started) / 1000);
    say(
      `${name}: ${result.passed} passed, ${result.failed} failed, ${result.skipped.length} skipped (${seconds} s)`,
    );
    result.skipped.forEach(test => say(`  skipped: ${test}`));
    result.retried?.forEach(test => say(`  passed at a later try: ${test}`));
    result.faults?.forEach(test => say(`  failed: ${test}`));
    results.push(result);
  }
  if (!toldToStop()) {
    await last();
  }
  return results;
}

/** The app that some of the steps open. */
function appFor(names) {
  return names.some(name => ['unit', 'e2e'].includes(name))
    ? ensureApp
    : undefined;
}

/** A check is one test: it passes or it does not. */
async function check(command, args, options) {
  const code = await spawnForeground(command, args, options);
  return code === 0
    ? { passed: 1, failed: 0, skipped: [] }
    : { passed: 0, failed: 1, skipped: [] };
}

/** The rules of each file, no modules that import each other, a reason for each pinned dependency, and ranges that portals can meet. */
async function lint() {
  return sum([
    await check(bin('backstage-cli'), ['repo', 'lint']),
    none(
      importCircles(root).map(
        circle => `import each other: ${circle.join(', ')}`,
      ),
    ),
    none(unexplainedPins(root).map(pin => `no reason under "//": ${pin}`)),
    none(
      unmetPeers(root).map(peer => `neither brought nor asked for: ${peer}`),
    ),
    none(
      excludedVersions(root, backstageRelease('oldest').pins()).map(
        range => `not of the oldest Backstage: ${range}`,
      ),
    ),
  ]);
}

/** A check that passes where there is nothing to say. */
function none(faults) {
  faults.forEach(say);
  return faults.length > 0
    ? { passed: 0, failed: 1, skipped: [] }
    : { passed: 1, failed: 0, skipped: [] };
}

/** The example is right by the schema of all packages, these schemas go together, and the page of settings is of today. */
async function settings() {
  return sum([
    await check(bin('backstage-cli'), ['config:check', '--strict']),
    // Prints an address with the whole schema in it for a browser: that it can be made is what counts here.
    await check(bin('backstage-cli'), ['config:docs'], {
      env: { ...process.env, BROWSER: 'none' },
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
    await check(process.execPath, [
      join(root, 'scripts', 'configurationDocs.mjs'),
      '--check',
    ]),
  ]);
}

/** What would be published works without its source. */
async function packages() {
  rmSync(packed, { recursive: true, force: true });
  try {
    await startPackedPackages(await packPackages(packed));
    return { passed: 1, failed: 0, skipped: [] };
  } catch (error) {
    say(error.message);
    return { passed: 0, failed: 1, skipped: [] };
  }
}

/**
 * A fresh portal, made as the READMEs say, of the release that everything here is tested with: `npm run try-install -- --all` makes
 * those of the others.
 */
async function install() {
  if (!chromium) {
    return withoutChromium('installation');
  }
  return await check(process.execPath, [
    join(root, 'scripts', 'tryInstall.mjs'),
    ...(wanted.includes('packages') ? ['--packed', packed] : []),
  ]);
}

async function unit() {
  await ensureApp();
  // Many tests wait for real servers rather than work: two workers more than the smallest machine has cores.
  return await jest(['--maxWorkers=4', PATIENCE]);
}

/** Types, and the unit tests that lie beside what differs from the branch `main`. */
async function changed() {
  const types = await check(bin('tsc'), [
    '--noEmit',
    '--incremental',
    '--tsBuildInfoFile',
    join(root, '.tools', 'types.tsbuildinfo'),
  ]);
  const tests = testsBesideChanges(root);
  say(`${tests.length} test files lie beside what changed`);
  return sum([
    types,
    ...(tests.length > 0
      ? [await jest([PATIENCE, '--runTestsByPath', ...tests])]
      : []),
  ]);
}

async function jest(args) {
  const postgres = await startPostgres();
  if (!postgres && process.env.CI === 'true') {
    say('CI must have PostgreSQL (Debian: apt-get install postgresql)');
    return { passed: 0, failed: 1, skipped: [] };
  }
  const report = join(reports, 'jest.json');
  try {
    const code = await spawnForeground(
      bin('backstage-cli'),
      [
        'repo',
        'test',
        '--watchAll=false',
        '--json',
        `--outputFile=${report}`,
        ...args,
      ],
      {
        env: { ...process.env, ...postgres?.env },
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    return jestCounts(readReport(report), code);
  } finally {
    await postgres?.stop();
  }
}

async function endToEnd() {
  if (!chromium) {
    return withoutChromium('end-to-end tests');
  }
  await ensureApp();
  // The longest first. Of four at once on two cores each took longer, and canaries were not decided in time.
  const waiting = [
    ...['shop', 'words', 'canaries', 'self-service'],
    ...['steering', 'two-clusters', 'ambient'],
  ];
  const counts = [];
  const lane = async () => {
    while (waiting.length > 0 && !toldToStop()) {
      counts.push(await endToEndSuite(waiting.shift()));
    }
  };
  await Promise.all([lane(), lane(), lane()]);
  return sum(counts);
}

/** Left out on a machine of one's own, and a fault in CI. */
function withoutChromium(step) {
  if (process.env.CI === 'true') {
    say('CI must have Chromium (Debian: apt-get install chromium)');
    return { passed: 0, failed: 1, skipped: [] };
  }
  return {
    passed: 0,
    failed: 0,
    skipped: [`${step}: no Chromium found (set CHROMIUM_BIN)`],
  };
}

/** On a portal and a mesh of its own. */
async function endToEndSuite(suite) {
  const report = join(reports, `playwright-${suite}.json`);
  const code = await spawnForeground(bin('playwright'), ['test'], {
    env: {
      ...process.env,
      CHROMIUM_BIN: chromium,
      AI_MESH_E2E_SUITE: suite,
      // Of its own: the one before may be ending still.
      AI_MESH_RUN_FOLDER: `.run-e2e-${suite}`,
      AI_MESH_PORT: String(await freePort()),
      AI_MESH_SANDBOX_PORT: String(await freePort()),
      AI_MESH_PROMETHEUS_PORT: String(await freePort()),
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    },
  });
  return playwrightCounts(readReport(report), code);
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    say(`the test runner left no report: ${error.message}`);
    return undefined;
  }
}
