import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const root = resolve(__dirname, '../../../..');

/** Of whatever is free. */
export const anyPorts = ['--port=0', '--sandbox-port=0', '--prometheus-port=0'];

/** Runs the start script in a process group of its own, as a terminal would make it. */
function start(
  args: string[],
  env: Record<string, string> = {},
): { child: ChildProcess; folder: string; said: () => string } {
  const folder = mkdtempSync(join(tmpdir(), 'ai-mesh-demo-'));
  const child = spawn(process.execPath, ['scripts/start.mjs', ...args], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, AI_MESH_RUN_FOLDER: folder, ...env },
  });
  let said = '';
  child.stderr!.on('data', chunk => {
    said += chunk;
  });
  return { child, folder, said: () => said };
}

/** What the start script says before it gives up. */
export async function refusal(
  args: string[],
  env?: Record<string, string>,
): Promise<{ code: number; said: string }> {
  const { child, folder, said } = start(args, env);
  const [code] = await once(child, 'close');
  rmSync(folder, { recursive: true, force: true });
  return { code, said: said() };
}

/** A portal that runs, and what it runs on. */
export class Demo {
  private constructor(
    readonly url: string,
    readonly folder: string,
    readonly said: () => string,
    private readonly child: ChildProcess,
  ) {}

  static async start(
    args: string[] = anyPorts,
    env: Record<string, string> = {},
  ): Promise<Demo> {
    const { child, folder, said } = start(args, env);
    for await (const line of createInterface({ input: child.stdout! })) {
      const url = line.match(/AI Mesh is at (https?:\/\/[^/,]+)/)?.[1];
      if (url) {
        return new Demo(url, folder, said, child);
      }
    }
    throw new Error(
      `npm start ended without saying where the portal is: ${said()}`,
    );
  }

  /** What Ctrl-C does: the signal goes to every process of the terminal's group. */
  async interrupt(): Promise<number | null> {
    const exited = once(this.child, 'exit');
    process.kill(-this.child.pid!, 'SIGINT');
    const [code] = await exited;
    rmSync(this.folder, { recursive: true, force: true });
    return code;
  }

  /** The processes of the group that are still there. */
  remaining(): string[] {
    return execFileSync('ps', ['-eo', 'pgid=,args='], { encoding: 'utf8' })
      .split('\n')
      .filter(line => Number(line.trim().split(' ')[0]) === this.child.pid);
  }

  async tokenOf(role: string): Promise<string> {
    const response = await fetch(`${this.url}/api/auth/demo/refresh`, {
      headers: {
        'x-ai-mesh-demo-role': role,
        'x-requested-with': 'XMLHttpRequest',
      },
    });
    const session = (await response.json()) as {
      backstageIdentity: { token: string };
    };
    return session.backstageIdentity.token;
  }

  /** One view of an entity; it may take a moment until the catalog has read its files and there is one. */
  async view(name: string, view: string, token: string): Promise<unknown> {
    for (let attempt = 0; attempt < 60; attempt++) {
      const response = await this.ask(name, view, token);
      if (response.status !== 404) {
        return await response.json();
      }
      await sleep(500);
    }
    throw new Error(`${name} did not reach the catalog within 30 s`);
  }

  async ask(name: string, view: string, token: string): Promise<Response> {
    return await fetch(
      `${this.url}/api/ai-mesh/v1/entities/component/default/${name}/${view}`,
      { headers: { authorization: `Bearer ${token}` } },
    );
  }

  /** A file that the run wrote, as JSON. */
  written<T>(name: string): T {
    return JSON.parse(readFileSync(join(this.folder, name), 'utf8'));
  }
}
