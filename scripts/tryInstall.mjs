// Installs the packed packages into a fresh portal by what their READMEs say, starts it on the simulated mesh, and looks at
// it in a browser: npm run try-install -- [--backstage oldest|built|newest] [--legacy] [--sub-path /portal] [--postgres]
// [--bare] [--scorecards] [--packed FOLDER] [--keep]; or --all: oldest and newest, each new and legacy, each in two ways; or of
// these one release (--all --backstage oldest). --scorecards: with Tech Insights and the Scorecard plugin, and the modules for
// them.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { backstageRelease } from './lib/backstageReleases.mjs';
import { freshPortal } from './lib/freshPortal.mjs';
import { packPackages } from './lib/packedPackages.mjs';
import { readmeSteps } from './lib/readmeSteps.mjs';
import { root, say } from './lib/shell.mjs';
import { tryPortal } from './lib/tryPortal.mjs';

const { values: options } = parseArgs({
  options: {
    all: { type: 'boolean' },
    backstage: { type: 'string' },
    legacy: { type: 'boolean' },
    'sub-path': { type: 'string', default: '' },
    postgres: { type: 'boolean' },
    bare: { type: 'boolean' },
    scorecards: { type: 'boolean' },
    packed: { type: 'string' },
    keep: { type: 'boolean' },
  },
});

const ALL_RELEASES = options.backstage
  ? [options.backstage]
  : ['oldest', 'newest'];

/** Every value of every option with each release and each frontend system. */
const ALL = ALL_RELEASES.flatMap(backstage =>
  [false, true].map(legacy => ({
    backstage,
    legacy,
    // Of the releases, these plugins follow the newest.
    scorecards: backstage === 'newest' && !legacy,
    ways: [
      { subPath: '', postgres: false, bare: false },
      { subPath: '/portal', postgres: true, bare: true },
    ],
  })),
);

const portals = options.all
  ? ALL
  : [
      {
        backstage: options.backstage ?? 'built',
        legacy: options.legacy,
        scorecards: options.scorecards,
        ways: [
          {
            subPath: options['sub-path'],
            postgres: options.postgres,
            bare: options.bare,
          },
        ],
      },
    ];

const folder = mkdtempSync(join(tmpdir(), 'ai-mesh-try-'));
const failed = [];
let tried = 0;
try {
  portals.forEach(({ backstage }) => backstageRelease(backstage));
  const packed = resolve(root, options.packed ?? join(folder, 'packed'));
  if (!options.packed) {
    await packPackages(packed);
  }
  const steps = readmeSteps(
    [
      'ai-mesh',
      'ai-mesh-backend',
      'scaffolder-backend-module-ai-mesh',
      'search-backend-module-ai-mesh',
      'tech-insights-backend-module-ai-mesh',
      'scorecard-backend-module-ai-mesh',
    ].map(name => join(root, 'plugins', name, 'README.md')),
  );
  for (const { backstage, legacy, scorecards, ways } of portals) {
    const name = `${backstage}-${legacy ? 'legacy' : 'new'}`;
    const place = join(folder, name);
    mkdirSync(place);
    // Where the READMEs say that the archives are: beside the portal.
    cpSync(packed, join(place, 'ai-mesh', 'packed'), { recursive: true });
    await attempt(name, async () => {
      const release = backstageRelease(backstage);
      const portal = await freshPortal(place, steps, {
        legacy,
        release,
        scorecards,
      });
      for (const way of ways) {
        const words = [
          name,
          way.postgres ? 'PostgreSQL' : 'SQLite',
          ...(way.subPath ? [way.subPath] : []),
          ...(way.bare
            ? ['without permissions, notifications, signals, search']
            : []),
        ].join(', ');
        await attempt(words, () =>
          tryPortal(
            portal,
            steps,
            { ...way, scorecards },
            {
              // A folder for each way, so that none takes another's pictures.
              pictures: join(
                root,
                'test-results',
                'try-install',
                words.replace(/[^a-z]+/gi, '-'),
              ),
            },
          ),
        );
      }
    });
    if (!options.keep) {
      rmSync(place, { recursive: true, force: true });
    }
  }
} catch (error) {
  say(error.message);
  failed.push('the packages');
} finally {
  if (options.keep) {
    say(`kept in ${folder}`);
  } else {
    rmSync(folder, { recursive: true, force: true });
  }
}
process.stdout.write(`${tried} passed, ${failed.length} failed\n`);
process.exit(failed.length > 0 ? 1 : 0);

/** One that fails does not keep the others from being tried. */
async function attempt(words, action) {
  try {
    const seen = await action();
    if (seen) {
      seen.forEach(line => say(`${words}: seen: ${line}`));
      tried += 1;
    }
  } catch (error) {
    say(`${words}: ${error.message}`);
    failed.push(words);
  }
}
