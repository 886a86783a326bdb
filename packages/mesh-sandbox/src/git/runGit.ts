import { spawn } from 'child_process';

/** Git ended with another code than 0. */
export class GitFailure extends Error {
  constructor(
    readonly code: number | null,
    readonly stdout: string,
    readonly said: string,
    what: string,
  ) {
    super(`git ${what} ended with ${code}: ${said}`);
    this.name = 'GitFailure';
  }
}

/** Git with nobody's settings, and a name for what it commits. */
export const gitEnv = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_AUTHOR_NAME: 'Mesh sandbox',
  GIT_AUTHOR_EMAIL: 'sandbox@example.com',
  GIT_COMMITTER_NAME: 'Mesh sandbox',
  GIT_COMMITTER_EMAIL: 'sandbox@example.com',
};

/**
 * Runs Git to its end.
 *
 * @throws GitFailure where it says no
 * @throws Error where there is no Git
 */
export async function runGit(
  args: readonly string[],
  options: {
    cwd: string;
    input?: string | Buffer;
    env?: Record<string, string>;
  },
): Promise<Buffer> {
  const child = spawn('git', args, {
    cwd: options.cwd,
    env: { ...gitEnv, ...options.env } as NodeJS.ProcessEnv,
  });
  const out: Buffer[] = [];
  const said: Buffer[] = [];
  child.stdout.on('data', chunk => out.push(chunk));
  child.stderr.on('data', chunk => said.push(chunk));
  // Git that ends before it has read everything says why by its code.
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const stdout = Buffer.concat(out);
  if (code !== 0) {
    throw new GitFailure(
      code,
      stdout.toString(),
      Buffer.concat(said).toString().trim(),
      args[0],
    );
  }
  return stdout;
}
