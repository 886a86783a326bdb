import type { RunningSandbox } from '@ai-mesh/mesh-sandbox/testing';

/** The sandbox's Git host, as somebody else uses it by its REST API. */
export class GitHub {
  constructor(private readonly git: NonNullable<RunningSandbox['git']>) {}

  async ask(method: string, path: string, body?: object): Promise<Response> {
    const { apiBaseUrl, repository, tokens } = this.git;
    return fetch(`${apiBaseUrl}/repos/${repository}${path}`, {
      method,
      headers: {
        authorization: `token ${tokens.writer}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
  }

  async file(path: string, branch = 'main'): Promise<string> {
    const answer = await this.ask('GET', `/contents/${path}?ref=${branch}`);
    return answer.text();
  }

  async requests(): Promise<
    {
      number: number;
      state: string;
      title: string;
      user: { login: string };
      head: { ref: string };
    }[]
  > {
    return (await this.ask('GET', '/pulls')).json() as Promise<any>;
  }

  /** Of a branch's last commit. */
  async author(branch: string): Promise<string> {
    const [{ commit }] = (await (
      await this.ask('GET', `/commits?sha=${branch}`)
    ).json()) as { commit: { author: { name: string } } }[];
    return commit.author.name;
  }

  async hasBranch(name: string): Promise<boolean> {
    return (await this.ask('GET', `/commits?sha=${name}`)).ok;
  }

  /** A branch that is as the deployed one. */
  async branch(name: string): Promise<void> {
    const [{ sha }] = (await (
      await this.ask('GET', '/commits')
    ).json()) as any[];
    await this.ask('POST', '/git/refs', { ref: `refs/heads/${name}`, sha });
  }

  /** Somebody else's pull request that changes a file. Gives its number. */
  async propose(
    branch: string,
    path: string,
    edit: (text: string) => string,
  ): Promise<number> {
    const made = async (at: string, body: object) => {
      const answer = await this.ask('POST', at, body);
      if (!answer.ok) {
        throw new Error(await answer.text());
      }
      return (await answer.json()) as any;
    };
    const [{ sha: parent, commit }] = (await (
      await this.ask('GET', '/commits')
    ).json()) as any[];
    const content = edit(await this.file(path));
    const tree = await made('/git/trees', {
      base_tree: commit.tree.sha,
      tree: [{ path, mode: '100644', content }],
    });
    const { sha } = await made('/git/commits', {
      message: branch,
      tree: tree.sha,
      parents: [parent],
    });
    await made('/git/refs', { ref: `refs/heads/${branch}`, sha });
    const { number } = await made('/pulls', {
      title: branch,
      head: branch,
      base: 'main',
    });
    return number;
  }

  async merge(number: number): Promise<{ status: number; message?: string }> {
    const answer = await this.ask('PUT', `/pulls/${number}/merge`);
    const { message } = (await answer.json()) as { message?: string };
    return { status: answer.status, message };
  }
}
