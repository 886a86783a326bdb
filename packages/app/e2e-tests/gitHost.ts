import { expect, type Page } from '@playwright/test';
import { demo } from './portal';

/** The demo's Git host by its REST API, which is GitHub's, as somebody else uses it. */
async function ask(
  method: string,
  path: string,
  body?: object,
  as: 'writer' | 'admin' = 'writer',
) {
  const { apiBaseUrl, repository, tokens } = demo().git;
  const answer = await fetch(`${apiBaseUrl}/repos/${repository}${path}`, {
    method,
    headers: {
      authorization: `token ${tokens[as]}`,
      'content-type': 'application/json',
    },
    body: body && JSON.stringify(body),
  });
  expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true);
  return answer;
}

/** A file as it is on the deployed branch. */
export async function inGit(path: string): Promise<string> {
  return (await ask('GET', `/contents/${path}?ref=main`)).text();
}

/** How many pull requests there are, in whatever state. */
export async function howManyRequests(): Promise<number> {
  return (await (await ask('GET', '/pulls')).json()).length;
}

/** What the Git host calls whoever opened the latest pull request. */
export async function whoOpenedTheLast(): Promise<string> {
  return (await (await ask('GET', '/pulls')).json())[0].user.login;
}

/** Takes from the portal's token the right to write, as long as something is done. */
export async function whileOnlyReading(act: () => Promise<void>) {
  const give = (permission: 'pull' | 'push') =>
    ask('PUT', '/collaborators/writer', { permission }, 'admin');
  await give('pull');
  try {
    await act();
  } finally {
    await give('push');
  }
}

/** Protects the branches that the portal pushes to, as long as something is done. */
export async function whileProtected(act: () => Promise<void>) {
  const made = await ask(
    'POST',
    '/rulesets',
    {
      name: 'People alone make branches',
      target: 'branch',
      enforcement: 'active',
      conditions: {
        ref_name: { include: ['refs/heads/ai-mesh-*'], exclude: [] },
      },
      rules: [{ type: 'creation' }, { type: 'update' }],
    },
    'admin',
  );
  const { id } = await made.json();
  try {
    await act();
  } finally {
    await ask('DELETE', `/rulesets/${id}`, undefined, 'admin');
  }
}

/** Changes a file on the deployed branch, by a pull request of somebody else's that is merged at once. */
export async function mergeElsewhere(
  path: string,
  edit: (text: string) => string,
) {
  const content = await inGit(path);
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

/** Has a file deployed afterwards as it was before, whatever becomes of it in between. */
export async function restoring(path: string, act: () => Promise<void>) {
  const before = await inGit(path);
  try {
    await act();
  } finally {
    await mergeElsewhere(path, () => before);
  }
}

/** Sends a form off that is filled in, and opens the pull request that comes of it. */
export async function pullRequestOf(page: Page): Promise<Page> {
  await sendForm(page);
  const link = page.getByRole('link', { name: 'The pull request' });
  await expect(link).toBeVisible({ timeout: 60_000 });
  const opening = page.waitForEvent('popup');
  await link.click();
  return opening;
}

/** Sends a form off that is filled in, up to the page of its task. */
export async function sendForm(page: Page) {
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page).toHaveURL(/\/create\/tasks\//);
}

/** Presses what keeps in Git something that the portal has made, and says where the manifests are. */
export async function fillIn(page: Page, button: string | RegExp) {
  await page.getByRole('button', { name: button }).click();
  await expect(page).toHaveURL(/\/create\/templates\/default\/keep-in-git/);
  await page.getByLabel(/^Folder of the manifests/).fill(demo().git.source);
}

/** Has a form's request opened by its own person. */
export async function giveToken(page: Page, token: string) {
  await page.getByLabel(/^Your token at the Git host/).fill(token);
  // Backstage's field hands a secret on 300 ms after the last key, which only a machine forestalls.
  await page.waitForTimeout(600);
}

/** The lines of a pull request's page that it takes away and adds. */
export async function changedLines(request: Page): Promise<string[]> {
  const diff = await request.locator('pre').last().innerText();
  return diff.split('\n').filter(line => /^[-+](?![-+])/.test(line));
}

/** What a screen says of its latest pull request; the Git host is asked once in a while. */
export async function expectFollowed(page: Page, words: RegExp) {
  await expect(
    page
      .getByRole('list', { name: 'Pull requests' })
      .getByRole('listitem')
      .first(),
  ).toContainText(words, { timeout: 60_000 });
}

export async function merge(request: Page) {
  await request.getByRole('button', { name: 'Merge' }).click();
  await expect(request.getByText(/^merged: /)).toBeVisible();
}
