import { hasLongArguments, localListeners } from './localListeners';

const app = { name: 'app', ports: [{ containerPort: 8000 }] };

describe('where a container is told to listen on a loopback address', () => {
  it.each([
    ['vLLM', { args: ['--host', '127.0.0.1'] }, '--host 127.0.0.1', [8000]],
    [
      'with a port of its own',
      { args: ['--host=localhost', '--port=9000'] },
      '--host=localhost',
      [9000],
    ],
    [
      'gunicorn',
      { command: ['gunicorn', '-b', '127.0.0.1:8081', 'app:app'] },
      '-b 127.0.0.1:8081',
      [8081],
    ],
    [
      'a command for a shell',
      { command: ['sh', '-c', "exec uvicorn app:app --host '::1'"] },
      '--host ::1',
      [8000],
    ],
    [
      'Ollama',
      { env: [null, { name: 'OLLAMA_HOST', value: 'http://127.0.0.1:11434' }] },
      'OLLAMA_HOST=http://127.0.0.1:11434',
      [11434],
    ],
    [
      'the last of two',
      { args: ['--host', '0.0.0.0', '--host', '127.0.0.1'] },
      '--host 127.0.0.1',
      [8000],
    ],
  ])('%s', (_, more, told, ports) => {
    expect(localListeners({ ...app, ...more })).toEqual([
      { container: 'app', told, ports },
    ]);
  });

  it.each([
    ['everywhere', { args: ['--host', '0.0.0.0'] }],
    [
      'by an argument, whatever a variable says',
      {
        args: ['--host', '0.0.0.0'],
        env: [{ name: 'HOST', value: 'localhost' }],
      },
    ],
    ['a client of a database', { args: ['--db-host', 'localhost'] }],
    [
      'a name that only begins like it',
      { args: ['--host', 'localhost.example'] },
    ],
    ['an argument without a value', { args: ['--host'] }],
    ['a variable from a secret', { env: [{ name: 'HOST', valueFrom: {} }] }],
    ['what is no list', { args: '--host 127.0.0.1', env: 7 }],
    [
      'more words than anybody reads',
      { args: ['x'.repeat(30_000), '--host', '::1'] },
    ],
    ['nothing said', {}],
  ])('%s is none', (_, more) => {
    expect(localListeners({ ...app, ...more })).toEqual([]);
  });

  it('tells of arguments that are too long to be read from none', () => {
    const args = ['x'.repeat(30_000), '--host', '::1'];
    expect(hasLongArguments({ ...app, args })).toBe(true);
    expect(hasLongArguments({ ...app, args: args.slice(1) })).toBe(false);
  });
});
