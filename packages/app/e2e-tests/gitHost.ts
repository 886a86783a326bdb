import { expect } from '@playwright/test';
import { demo } from './portal';

/** The demo's Git host by its REST API, which is GitHub's, as somebody else uses it. */
async function ask(method: string, path: string, body?: object) {
  const { apiBaseUrl, repository, tokens } = demo().git;
  const answer = await fetch(`${apiBaseUrl}/repos/${repository}${path}`, {
    method,
    headers: {
      authorization: `token ${tokens.writer}`,
      'content-type': 'application/json',
    },
    body: body && JSON.stringify(body),
  });
  expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true);
  return answer;
}

/** Changes a file on the deployed branch, by a pull request of somebody else's that is merged at once. */
export async function mergeElsewhere(
  path: string,
  edit: (text: string) => string,
) {
  const content = await (await ask('GET', `/contents/${path}?ref=main`)).text();
  const [{ sha, commit }] = await (await ask('GET', '/commits')).json();
  const tree = await ask('POST', '/git/trees', {
    base_tree: commit.tree.sha,
    tree: [{ path, mode: '100644', content: edit(content) }],
  });
  const made = await ask('POST', '/git/commits', {
    message: `Change ${path}`,
    tree: (await tree.json()).sha,
    parents: [sha],
  });
  const head = `elsewhere-${sha.slice(0, 8)}`;
  await ask('POST', '/git/refs', {
    ref: `refs/heads/${head}`,
    sha: (await made.json()).sha,
  });
  const request = await ask('POST', '/pulls', {
    title: head,
    head,
    base: 'main',
  });
  await ask('PUT', `/pulls/${(await request.json()).number}/merge`);
}
