import { existsSync } from 'node:fs';
import { output, run, say, which } from './shell.mjs';

/** The path of a Prometheus server: `PROMETHEUS_BIN`, else PATH, else installed through apt or Homebrew. */
export async function ensurePrometheus() {
  const named = process.env.PROMETHEUS_BIN;
  if (named) {
    if (!existsSync(named)) {
      throw new Error(`PROMETHEUS_BIN names ${named}, which does not exist`);
    }
    return named;
  }
  const present = which('prometheus');
  if (present) {
    return present;
  }
  for (const [command, ...args] of installCommands()) {
    say(`no Prometheus found; running ${command} ${args.join(' ')}`);
    await run(command, args, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  const installed = which('prometheus');
  if (installed) {
    return installed;
  }
  throw new Error(
    [
      'no Prometheus found, and it could not be installed here.',
      'Install it (Debian and Ubuntu: sudo apt-get install prometheus; macOS: brew install prometheus;',
      'others: https://prometheus.io/download), or set PROMETHEUS_BIN to the path of the server, and start again.',
    ].join('\n'),
  );
}

/** What installs Prometheus without asking anything; empty where nothing can. */
function installCommands() {
  if (which('brew')) {
    return [['brew', 'install', 'prometheus']];
  }
  if (!which('apt-get')) {
    return [];
  }
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && output('sudo', ['-n', 'true']) === undefined) {
    return [];
  }
  const sudo = isRoot ? [] : ['sudo', '-n'];
  return [
    [...sudo, 'apt-get', 'update', '-qq'],
    [
      ...sudo,
      'apt-get',
      'install',
      '-y',
      '-qq',
      '--no-install-recommends',
      'prometheus',
    ],
  ];
}
