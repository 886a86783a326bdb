import { Command, InvalidArgumentError, Option } from 'commander';
import { writeFile } from 'fs/promises';
import { existsSync } from 'fs';
import { generateMesh, MeshShape, meshShapes, writeMesh } from '../generator';
import { defaultTokens, kubeconfig, NamedServer } from '../kubernetes';
import { builtInWorld, InvalidWorld } from '../world';
import { playScene, showScenes } from './controlClient';
import { serve } from './serve';

const DEFAULT_URL = 'http://127.0.0.1:7070';

/** The commands of `mesh-sandbox`. */
export function createProgram(): Command {
  const program = new Command('mesh-sandbox').description(
    'An Istio mesh in one process: Kubernetes API, traffic, metrics and Kiali',
  );
  program
    .command('serve')
    .description('run a mesh on 127.0.0.1 until it is stopped')
    .option('--port <n>', 'port; 0 takes a free one', integer, 7070)
    .option(
      '--world <name or folder>',
      'a world of this package, or a folder of manifests',
      'shop',
    )
    .option(
      '--seed <n>',
      'seed of everything that is left to chance',
      integer,
      1,
    )
    .option(
      '--services <n>',
      'instead of its services, make so many; the world is then one of this package',
      integer,
    )
    .option('--pods <n>', 'with --services: so many pods, at least', integer)
    .option('--reader-token <token>', 'bearer token that may read')
    .option('--writer-token <token>', 'bearer token that may write')
    .option('--nobody-token <token>', 'bearer token that may do nothing')
    .addOption(
      new Option('--kiali-auth <strategy>', 'how one logs in to Kiali')
        .choices(['anonymous', 'token'])
        .default('anonymous'),
    )
    .option(
      '--kiali-version <version>',
      'the Kiali to be like',
      kialiVersion,
      '2.31.0',
    )
    .option(
      '--kiali-cluster <name>',
      "what Kiali calls the cluster, where that is to differ from the metrics' name",
    )
    .option('--tempo-tenant <name>', 'the only tenant that Tempo has traces of')
    .option(
      '--prometheus-upstream <url>',
      'answer /prometheus from this Prometheus; once for each cluster that has its own',
      (text: string, before: string[] = []) => [...before, url(text)],
    )
    .option(
      '--git',
      'keep the manifests in a Git repository too, and deploy what is merged there; needs git',
    )
    .option(
      '--git-port <n>',
      "the Git host's port; 0 takes a free one",
      integer,
      0,
    )
    .option(
      '--git-folder <folder...>',
      'more folders of YAML for the Git repository, which are not deployed',
    )
    .option('--speed <n>', 'simulated seconds in a second', positive, 1)
    .action(options =>
      serve({
        port: options.port,
        world: options.services
          ? generateMesh({ ...options, shape: meshShape(options.world) })
          : worldFolder(options.world),
        seed: options.seed,
        speed: options.speed,
        prometheusUpstream: options.prometheusUpstream,
        ...(options.git && {
          git: { port: options.gitPort, moreFolders: options.gitFolder },
        }),
        kialiAuth: options.kialiAuth,
        kialiVersion: options.kialiVersion,
        kialiCluster: options.kialiCluster,
        tempoTenant: options.tempoTenant,
        tokens: withoutAbsent({
          reader: options.readerToken,
          writer: options.writerToken,
          nobody: options.nobodyToken,
        }),
      }),
    );
  program
    .command('generate')
    .description('write a world of any size as a folder')
    .requiredOption('--services <n>', 'how many services', integer)
    .option('--pods <n>', 'how many pods, at least', integer)
    .option('--seed <n>', 'the same seed gives the same world', integer, 1)
    .option('--world <name>', 'the world to be like', 'shop')
    .requiredOption('--out <folder>', 'where to write it')
    .action(async ({ services, pods, seed, world, out }) => {
      const shape = meshShape(world);
      await writeMesh(generateMesh({ services, pods, seed, shape }), out);
      process.stderr.write(`wrote a world of ${services} services to ${out}\n`);
    });
  program
    .command('scene')
    .description('play a scene in a running sandbox')
    .argument('<name>')
    .option('--url <url>', "the sandbox's URL", url, DEFAULT_URL)
    .action((name, options) => playScene(options.url, name));
  program
    .command('scenes')
    .description('list the scenes of a running sandbox')
    .option('--url <url>', "the sandbox's URL", url, DEFAULT_URL)
    .action(options => showScenes(options.url));
  program
    .command('kubeconfig')
    .description('write a kubeconfig for a sandbox')
    .option('--url <url>', "the sandbox's URL", url, DEFAULT_URL)
    .option(
      '--cluster <name=url>',
      'instead, a cluster of a sandbox that has several; once for each',
      (text: string, before: NamedServer[] = []) => [
        ...before,
        namedServer(text),
      ],
    )
    .option('--token <token>', 'bearer token', defaultTokens.writer)
    .option('--out <file>', 'where to write it; by default to stdout')
    .action(async options => {
      const text = kubeconfig(options.cluster ?? options.url, options.token);
      if (options.out) {
        await writeFile(options.out, text, { mode: 0o600 });
      } else {
        process.stdout.write(text);
      }
    });
  return program;
}

function worldFolder(nameOrFolder: string): string {
  const builtIn = builtInWorld(nameOrFolder);
  return /^[\w-]+$/.test(nameOrFolder) && existsSync(builtIn)
    ? builtIn
    : nameOrFolder;
}

function meshShape(name: string): MeshShape {
  const shape = meshShapes.find(one => one === name);
  if (!shape) {
    throw new InvalidWorld(
      `services can be made for the worlds ${meshShapes.join(', ')}, not for ${name}`,
    );
  }
  return shape;
}

function withoutAbsent<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}

function integer(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) {
    throw new InvalidArgumentError('a whole number is needed.');
  }
  return value;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) {
    throw new InvalidArgumentError('a number above 0 is needed.');
  }
  return value;
}

function namedServer(text: string): NamedServer {
  const at = text.indexOf('=');
  if (at < 1) {
    throw new InvalidArgumentError(
      'a name and a URL such as east=http://127.0.0.1:7070 are needed.',
    );
  }
  return { name: text.slice(0, at), url: url(text.slice(at + 1)) };
}

function kialiVersion(text: string): string {
  if (!/^\d+\.\d+(\.\d+)?$/.test(text)) {
    throw new InvalidArgumentError('a version such as 1.89.0 is needed.');
  }
  return text;
}

function url(text: string): string {
  if (!/^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : '')) {
    throw new InvalidArgumentError(
      'a URL such as http://127.0.0.1:9090 is needed.',
    );
  }
  return text.replace(/\/$/, '');
}
