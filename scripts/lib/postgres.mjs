import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './ports.mjs';
import { output, run, say, which } from './shell.mjs';

/**
 * Starts a throw-away PostgreSQL on loopback, in memory's care alone (no fsync), and gives the environment that
 * points tests at it. Gives undefined where no PostgreSQL is installed.
 */
export async function startPostgres() {
  const bin = findBinaries();
  if (!bin) {
    return undefined;
  }
  const major = output(join(bin, 'postgres'), ['--version']).match(/ (\d+)/)[1];
  const folder = mkdtempSync(join(tmpdir(), 'ai-mesh-postgres-'));
  const data = join(folder, 'data');
  // PostgreSQL refuses to run as root, so there it runs as the user that its package made.
  const asUser =
    process.getuid?.() === 0
      ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups']
      : [];
  if (asUser.length) {
    await run('chown', ['postgres', folder]);
  }
  chmodSync(folder, 0o755);
  const command = (name, ...args) => [...asUser, join(bin, name), ...args];
  const [initdb, ...initArgs] = command(
    'initdb',
    '-D',
    data,
    '-U',
    'postgres',
    '--auth=trust',
    '--no-sync',
    '-E',
    'UTF8',
    '--locale=C',
  );
  await run(initdb, initArgs, {
    stdio: ['ignore', 'ignore', 'inherit'],
    cwd: folder,
  });
  const port = await freePort();
  const [postgres, ...args] = command(
    'postgres',
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
    '-c',
    'fsync=off',
    '-c',
    'max_connections=300',
  );
  const server = spawn(postgres, args, { stdio: 'ignore', cwd: folder });
  const closed = once(server, 'close');
  await answers(bin, port, server);
  say(`PostgreSQL ${major} for the tests is on port ${port}`);
  const url = `postgresql://postgres@127.0.0.1:${port}`;
  return {
    pid: server.pid,
    env: {
      AI_MESH_TEST_POSTGRES: url,
      [`BACKSTAGE_TEST_DATABASE_POSTGRES${major}_CONNECTION_STRING`]: url,
    },
    async stop() {
      server.kill('SIGINT');
      await closed;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The folder with PostgreSQL's binaries; Debian keeps them off PATH, one folder a version. */
function findBinaries() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian)
    ? readdirSync(debian).sort((a, b) => Number(b) - Number(a))
    : [];
  const candidates = [
    ...versions.map(version => join(debian, version, 'bin')),
    ...[which('postgres')].filter(Boolean).map(path => join(path, '..')),
  ];
  return candidates.find(
    folder =>
      existsSync(join(folder, 'initdb')) &&
      existsSync(join(folder, 'postgres')),
  );
}

async function answers(bin, port, server) {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (
      output(join(bin, 'pg_isready'), [
        '-h',
        '127.0.0.1',
        '-p',
        String(port),
      ]) !== undefined
    ) {
      return;
    }
    if (server.exitCode !== null) {
      break;
    }
    await sleep(200);
  }
  throw new Error('PostgreSQL did not start for the tests');
}
