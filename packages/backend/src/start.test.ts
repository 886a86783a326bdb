import { overviewSchema, type Overview } from '@ai-mesh/plugin-ai-mesh-common';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const root = resolve(__dirname, '../../..');
const postgres = process.env.AI_MESH_TEST_POSTGRES;

/** A demo of its own, in a process group of its own, as a terminal would make it. */
class Demo {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<Demo> {
    const folder = mkdtempSync(join(tmpdir(), 'ai-mesh-demo-'));
    const child = spawn(
      process.execPath,
      [
        'scripts/start.mjs',
        '--port=0',
        '--sandbox-port=0',
        '--prometheus-port=0',
      ],
      {
        cwd: root,
        detached: true,
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, ...env, AI_MESH_RUN_FOLDER: folder },
      },
    );
    for await (const line of createInterface({ input: child.stdout! })) {
      const url = line.match(/AI Mesh is at (https?:\/\/[^/]+)/)?.[1];
      if (url) {
        return new Demo(url, child, folder);
      }
    }
    throw new Error('npm start ended without saying where the portal is');
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

  /** The catalog reads its files after the start, so the entity may take a moment to be there. */
  async overviewOnceInCatalog(token: string): Promise<Overview> {
    for (let attempt = 0; attempt < 60; attempt++) {
      const response = await this.overview(token);
      if (response.status !== 404) {
        return overviewSchema.parse(await response.json());
      }
      await sleep(500);
    }
    throw new Error('ai-chat-service did not reach the catalog within 30 s');
  }

  async overview(token: string): Promise<Response> {
    return await fetch(
      `${this.url}/api/ai-mesh/v1/entities/component/default/ai-chat-service/overview`,
      { headers: { authorization: `Bearer ${token}` } },
    );
  }
}

const databases: [string, Record<string, string> | undefined][] = [
  ['the embedded SQLite', {}],
  [
    'PostgreSQL',
    postgres
      ? {
          APP_CONFIG_backend_database: JSON.stringify({
            client: 'pg',
            connection: postgres,
          }),
        }
      : undefined,
  ],
];

for (const [name, env] of databases) {
  const describeOn = env ? describe : describe.skip;

  describeOn(`npm start on ${name}`, () => {
    it('serves the entity to who is signed in, and leaves no process behind after Ctrl-C', async () => {
      const demo = await Demo.start(env);
      let code: number | null = null;
      try {
        expect((await fetch(demo.url)).status).toBe(200);
        expect((await demo.overview('not-a-token')).status).toBe(401);
        const token = await demo.tokenOf('owner');
        const overview = await demo.overviewOnceInCatalog(token);
        expect(overview.services).toEqual([
          {
            cluster: 'demo',
            namespace: 'ai-services',
            name: 'ai-chat-service',
          },
        ]);
      } finally {
        code = await demo.interrupt();
      }
      expect(code).toBe(0);
      expect(demo.remaining()).toEqual([]);
    }, 180_000);
  });
}
