import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  chmodSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { yarn } from './dependencies.mjs';
import { root, run, say } from './shell.mjs';
import { bareSettings } from './withoutOptionalPlugins.mjs';

/** Plugins whose modules have facts and checks of AI Mesh. */
const SCORECARDS = ['tech-insights', 'scorecard'];

const hostAndModule = plugin => [`${plugin}-host`, plugin];

/**
 * Makes a portal with Backstage's own `create-app` and installs AI Mesh in it as the READMEs say.
 *
 * @param folder - an empty folder; the portal goes to `portal` in it, and `ai-mesh/packed` is beside it already
 * @param steps - the READMEs' steps
 * @param options - `legacy`: an app of the legacy frontend system; `release`: of `backstageRelease`; `scorecards`:
 * with Tech Insights and the Scorecard plugin
 */
export async function freshPortal(
  folder,
  steps,
  { legacy, release, scorecards },
) {
  const createApp = `@backstage/create-app@${release.createApp}`;
  const env = withYarn(folder);
  const portal = join(folder, 'portal');
  say(
    `making a portal with ${createApp}${legacy ? ' --legacy' : ''}, ${release.release}`,
  );
  const made = spawnSync(
    'npm',
    [
      'exec',
      '--yes',
      `--package=${createApp}`,
      '--',
      'backstage-create-app',
      '--skip-install',
      '--path',
      'portal',
      ...(legacy ? ['--legacy'] : []),
    ],
    { cwd: folder, env, input: 'portal\n', encoding: 'utf8' },
  );
  if (made.status !== 0) {
    throw new Error(`create-app failed: ${made.stdout}${made.stderr}`);
  }
  settleDependencies(portal, release);
  merge(join(portal, 'package.json'), JSON.parse(steps.get('resolutions')));
  const beside = scorecards ? SCORECARDS.flatMap(hostAndModule) : [];
  const lines = [
    'add',
    'scaffolder-add',
    'search-add',
    ...beside.map(step => `${step}-add`),
  ].flatMap(step => steps.get(step).trim().split('\n'));
  for (const line of lines) {
    say(line);
    await runQuietly(line, { cwd: portal, env });
  }
  edit(join(portal, 'packages/backend/src/index.ts'), text =>
    text.replace(
      'backend.start();',
      [
        ...['backend', 'scaffolder', 'search', ...beside].map(step =>
          steps.get(step),
        ),
        'backend.start();',
      ].join('\n'),
    ),
  );
  if (legacy) {
    edit(
      join(portal, 'packages/app/src/components/catalog/EntityPage.tsx'),
      text => withLegacySteps(text, steps),
    );
  }
  return portal;
}

/** Throws with the end of what it printed, where it fails: Yarn says its errors among its progress. */
async function runQuietly(line, { cwd, env }) {
  const [command, ...args] = line.split(' ');
  const log = join(dirname(cwd), 'add.log');
  try {
    await run(command, args, {
      cwd,
      env,
      stdio: ['ignore', openSync(log, 'w'), 'inherit'],
    });
  } catch (error) {
    const printed = readFileSync(log, 'utf8').trim().split('\n').slice(-20);
    throw new Error([error.message, ...printed].join('\n'), { cause: error });
  }
}

/** A `yarn` on PATH, as `create-app` and the READMEs ask for. */
function withYarn(folder) {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const file = join(bin, 'yarn');
  writeFileSync(file, `#!/bin/sh\nexec "${process.execPath}" "${yarn}" "$@"\n`);
  chmodSync(file, 0o755);
  return {
    ...process.env,
    PATH: [bin, dirname(process.execPath), process.env.PATH].join(delimiter),
  };
}

/**
 * What this repository does for its own demo: the Yarn that it carries, pins of packages whose newest versions lack a
 * platform's build, and one release of Backstage.
 */
function settleDependencies(portal, { pins }) {
  const { resolutions, packageManager } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  merge(join(portal, 'package.json'), {
    resolutions: { ...withoutBackstage(resolutions), ...pins?.() },
    packageManager,
  });
  for (const manifest of [
    'package.json',
    'packages/app/package.json',
    'packages/backend/package.json',
  ]) {
    edit(join(portal, manifest), text =>
      text.replace(
        /("@backstage\/[^"]+": ")\^([^"]+)/g,
        pins ? '$1$2' : '$1latest',
      ),
    );
  }
  const release = '.yarn/releases/yarn-4.18.1.cjs';
  mkdirSync(join(portal, '.yarn/releases'), { recursive: true });
  copyFileSync(yarn, join(portal, release));
  writeFileSync(
    join(portal, '.yarnrc.yml'),
    stringify({
      nodeLinker: 'node-modules',
      yarnPath: release,
      enableTelemetry: false,
    }),
  );
}

/** This repository's pins of Backstage's packages are no other portal's. */
function withoutBackstage(resolutions) {
  return Object.fromEntries(
    Object.entries(resolutions).filter(
      ([name]) => !name.includes('@backstage/'),
    ),
  );
}

/** The imports at the top, the card at the end of its grid, and the tab after the last of each page. */
function withLegacySteps(text, steps) {
  const pages = ['serviceEntityPage', 'websiteEntityPage', 'defaultEntityPage'];
  return pages.reduce(
    (whole, page) => withLast(whole, page, steps.get('legacy-tab')),
    withLast(
      `${steps.get('legacy-imports')}\n${text}`,
      'overviewContent',
      steps.get('legacy-card'),
    ),
  );
}

/** Puts code before the end of the element that a constant is. Throws where there is no such constant. */
function withLast(text, constant, code) {
  const [declaration, end] =
    new RegExp(`const ${constant} = \\([^]*?\\n(  </\\w+>\\n\\);)`).exec(
      text,
    ) ?? [];
  if (!declaration) {
    throw new Error(`a README's step needs ${constant}, which is not there`);
  }
  return text.replace(
    declaration,
    () => `${declaration.slice(0, -end.length)}${code}${end}`,
  );
}

function edit(file, change) {
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  if (after === before) {
    throw new Error(`a README's step does not fit ${file}`);
  }
  writeFileSync(file, after);
}

/** Lays keys over those of a JSON file, one level deep. */
function merge(file, more) {
  const json = JSON.parse(readFileSync(file, 'utf8'));
  for (const [key, value] of Object.entries(more)) {
    json[key] = typeof value === 'object' ? { ...json[key], ...value } : value;
  }
  writeFileSync(file, `${JSON.stringify(json, null, 2)}\n`);
}

/**
 * The configuration beside the portal's own: where it listens, a guest, the README's settings with the addresses of a mesh
 * that is there, and one entity with the README's annotation; `allowWrites` where canaries may be asked for, which the
 * mesh's token may carry out. Gives its file.
 */
export function configurePortal(
  portal,
  steps,
  { url, port, mesh, database, bare, scorecards, allowWrites },
) {
  const { aiMesh } = parse(steps.get('settings'));
  const [example] = aiMesh.clusters;
  const [real] = mesh.clusters;
  const cluster = {
    ...example,
    kubernetes: {
      url: real.kubernetes.url,
      serviceAccountToken: example.kubernetes.serviceAccountToken,
    },
    prometheus: { ...example.prometheus, url: real.prometheus.url },
    kiali: { ...example.kiali, url: real.kiali.url },
    tracing: { ...example.tracing, url: real.tracing.url },
    ...(allowWrites && { allowWrites }),
  };
  // Of a Prometheus that many clusters share; the mesh's own has no such label.
  delete cluster.prometheus.extraLabels;
  const entity = join(portal, 'examples', 'ai-chat-service.yaml');
  const { metadata } = parse(steps.get('annotation'));
  writeFileSync(
    entity,
    stringify({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'ai-chat-service', ...metadata },
      spec: { type: 'service', lifecycle: 'production', owner: 'guests' },
    }),
  );
  const file = join(portal, 'app-config.try.yaml');
  writeFileSync(
    file,
    stringify({
      ...(bare && bareSettings),
      app: { ...(bare && bareSettings.app), baseUrl: url },
      backend: {
        baseUrl: url,
        listen: { port, host: '127.0.0.1' },
        ...(database && { database }),
      },
      auth: { environment: 'development', providers: { guest: {} } },
      aiMesh: { ...aiMesh, clusters: [cluster] },
      ...(scorecards &&
        Object.assign(
          {},
          ...SCORECARDS.map(plugin => parse(steps.get(`${plugin}-settings`))),
        )),
      ...(!bare && {
        // As often as somebody who waits for it likes.
        search: {
          collators: {
            aiMesh: {
              schedule: { frequency: { seconds: 20 }, timeout: { minutes: 1 } },
            },
          },
        },
      }),
      catalog: {
        locations: [
          { type: 'file', target: entity },
          {
            type: 'file',
            target: join(portal, 'examples/org.yaml'),
            rules: [{ allow: ['User', 'Group'] }],
          },
        ],
      },
    }),
  );
  return {
    config: file,
    env: {
      K8S_TOKEN: real.kubernetes.serviceAccountToken,
      PROMETHEUS_TOKEN: 'the sandbox asks for none',
      KIALI_TOKEN: 'the sandbox asks for none',
    },
  };
}
