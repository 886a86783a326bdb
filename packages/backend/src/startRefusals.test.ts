import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyPorts, refusal } from './__testUtils__/Demo';

jest.setTimeout(60_000);

describe('npm start, when something is missing', () => {
  it.each<[string, string[], Record<string, string>, string]>([
    [
      'a Prometheus that is not where PROMETHEUS_BIN says',
      anyPorts,
      { PROMETHEUS_BIN: '/nowhere/prometheus' },
      'PROMETHEUS_BIN names /nowhere/prometheus, which does not exist',
    ],
    [
      'a Prometheus, and anything to install it with',
      anyPorts,
      { PATH: '/nowhere', PROMETHEUS_BIN: '' },
      'Install it (Debian and Ubuntu: sudo apt-get install prometheus; macOS: brew install prometheus;',
    ],
    [
      'a kubeconfig',
      ['--kubeconfig=/nowhere/config'],
      {},
      '/nowhere/config cannot be read',
    ],
    [
      'the kubeconfig of a --context',
      ['--context=staging'],
      {},
      '--context needs --kubeconfig',
    ],
    [
      'a URL of Prometheus',
      ['--kubeconfig=/nowhere/config', '--prometheus=localhost'],
      {},
      '--prometheus wants a URL such as http://localhost:9090, not localhost',
    ],
    [
      'a URL of Jaeger',
      ['--kubeconfig=/nowhere/config', '--tracing=jaeger'],
      {},
      '--tracing wants a URL',
    ],
    ['a port', ['--port=http'], {}, '--port wants a port from 0 to 65535'],
    ['an option that exists', ['--prot=1'], {}, "Unknown option '--prot'"],
  ])('ends without %s, and says what to do', async (_, args, env, message) => {
    const { code, said } = await refusal(args, env);
    expect(said).toContain(message);
    expect(said).not.toContain('    at ');
    expect(code).not.toBe(0);
  });

  it('leaves the folder of a run that still goes on alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ai-mesh-'));
    writeFileSync(join(folder, 'pid'), String(process.pid));
    const { code, said } = await refusal(anyPorts, {
      AI_MESH_RUN_FOLDER: folder,
    });
    expect(said).toContain(
      `process ${process.pid} runs in ${folder} already; stop it, or set AI_MESH_RUN_FOLDER to another folder`,
    );
    expect(code).toBe(1);
    expect(readdirSync(folder)).toEqual(['pid']);
  });

  it('names the contexts that a kubeconfig has', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'ai-mesh-')), 'config');
    writeFileSync(
      file,
      JSON.stringify({
        clusters: [
          { name: 'far', cluster: { server: 'https://127.0.0.2:6443' } },
        ],
        users: [{ name: 'me', user: {} }],
        contexts: [
          { name: 'staging', context: { cluster: 'far', user: 'me' } },
        ],
      }),
    );
    const wrong = await refusal([`--kubeconfig=${file}`, '--context=prod']);
    expect(wrong.said).toContain('has no context prod; it has staging');
    const away = await refusal([`--kubeconfig=${file}`, '--context=staging']);
    expect(away.said).toMatch(
      /the Services of staging cannot be listed: .*ECONNREFUSED.*kubectl .* --context staging get services -A/,
    );
    expect([wrong.code, away.code]).toEqual([1, 1]);
  });
});
