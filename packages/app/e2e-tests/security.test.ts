import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import {
  changedLines,
  expectFollowed,
  fillIn,
  merge,
  pullRequestOf,
  restoring,
} from './gitHost';
import {
  chatService,
  demo,
  expectAccessible,
  followNotification,
  openAs,
  playScene,
} from './portal';

/** Every port of the shop takes plaintext too, as it does when the demo starts. */
async function backToPermissive() {
  const answer = await fetch(
    `${demo().kubernetes}/apis/security.istio.io/v1/namespaces/ai-services/peerauthentications/default`,
    {
      method: 'PATCH',
      headers: {
        'content-type': 'application/merge-patch+json',
        authorization: 'Bearer sandbox-writer',
      },
      body: JSON.stringify({ spec: { mtls: { mode: 'PERMISSIVE' } } }),
    },
  );
  expect(answer.status, await answer.clone().text()).toBe(200);
}

test.beforeAll(() => playScene('normal'));
test.afterAll(async () => {
  await backToPermissive();
  await playScene('normal');
});

function kubectl(args: string[], input?: string) {
  const run = resolve(
    __dirname,
    '../../..',
    process.env.AI_MESH_RUN_FOLDER ?? '.run',
  );
  return spawnSync(
    'kubectl',
    ['--kubeconfig', join(run, 'kubeconfig'), ...args],
    { input, encoding: 'utf8' },
  );
}

const mutualTls = (page: Page) =>
  page.getByRole('region', { name: 'Mutual TLS', exact: true });
const switching = (page: Page) =>
  page.getByRole('region', { name: 'Switching to STRICT' });

test('the chat service is partly in plaintext, and the batch job is named with its rate and why', async ({
  page,
}) => {
  await openAs(page, 'Olivia', `${chatService}/security`);
  await expect(mutualTls(page).getByText('Partly plaintext')).toBeVisible();
  const job = page
    .getByRole('table', { name: 'Callers that were seen' })
    .getByRole('row', { name: /nightly-embedding-job/ });
  await expect(job).toContainText('calls/s');
  await expect(job).toContainText('last seen');
  await expect(job).toContainText('It has no proxy.');
  await expect(switching(page).getByText('Blocked')).toBeVisible();
  await expectAccessible(page);

  // The other screens say the same of it.
  await page.getByRole('link', { name: 'Overview' }).last().click();
  await expect(
    page.getByRole('region', { name: 'Mutual TLS', exact: true }),
  ).toContainText('nightly-embedding-job');
});

test('each answer of the matrix names its rule, which opens as YAML', async ({
  page,
}) => {
  await openAs(page, 'Olivia', `${chatService}/security`);
  await page
    .getByRole('button', {
      name: 'ai-services/ai-orchestrator: POST /api/chat: allowed',
    })
    .click();
  const why = page.getByRole('dialog', { name: /^Why/ });
  await expect(why).toContainText('spec.rules[0]');
  await expectAccessible(page);
  await why.getByRole('button', { name: /as YAML$/ }).click();
  const yaml = page.getByRole('dialog', {
    name: 'AuthorizationPolicy ai-chat-service',
  });
  await expect(yaml).toContainText('kind: AuthorizationPolicy');
  await page.keyboard.press('Escape');
  await expect(yaml).toBeHidden();
});

test('whether a caller may call is answered with the policy and the rule', async ({
  page,
}) => {
  await openAs(page, 'Olivia', `${chatService}/security`);
  const form = page.getByRole('form', { name: 'May X call it?' });
  await form
    .getByLabel('Namespace/workload')
    .fill('ai-services/nightly-embedding-job');
  await form.getByLabel('Path').fill('/api/chat');
  await form.getByRole('button', { name: 'Ask' }).click();
  await expect(form.getByRole('status')).toContainText('denied');
  await form.getByLabel('Path').fill('/api/batch-chat');
  await form.getByRole('button', { name: 'Ask' }).click();
  await expect(form.getByRole('status')).toContainText('allowed');
  await expect(form.getByRole('status')).toContainText('spec.rules[1]');
  await expect(form.getByRole('status')).toContainText('plaintext');
});

test('certificates that end soon and proxies that reject their configuration are named', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const certificates = page.getByRole('region', { name: 'Certificates' });
  await openAs(page, 'Olivia', `${chatService}/security`);
  await expect(
    certificates.getByText('none of its proxies rejected'),
  ).toBeVisible();

  await playScene('certificate-nearly-expired');
  for (const name of [/ai-chat-service-v2/, /Root certificate/]) {
    await expect(certificates.getByRole('row', { name })).toContainText(
      'expires soon',
      { timeout: 40_000 },
    );
  }
  await expect(
    certificates.getByRole('row', { name: /ai-chat-service-v1/ }),
  ).toContainText('valid');

  // Whoever is told of it is led to the very row.
  await followNotification(page, /^A certificate of ai-chat-service ends soon/);
  const told = certificates.locator('tr[aria-current]');
  await expect(told).toContainText('ai-chat-service-v2');
  await expect(told).toBeInViewport();

  await playScene('configuration-rejected');
  await expect(
    certificates.getByText(
      /ai-chat-service-v2-\S+\.ai-services rejected its listeners/,
    ),
  ).toBeVisible({ timeout: 40_000 });
  await expectAccessible(page);
  await playScene('normal');
});

test('when the batch job stops the service turns ready, and strict by the pull request that its button opens', async ({
  page,
}) => {
  // The demo looks back over two minutes.
  test.setTimeout(300_000);
  await playScene('plaintext-stops');
  await openAs(page, 'Olivia', `${chatService}/security`);
  await expect(mutualTls(page).getByText('Ready for STRICT')).toBeVisible({
    timeout: 210_000,
  });
  await expect(
    switching(page).getByText('Ready', { exact: true }),
  ).toBeVisible();
  await expectAccessible(page);
  await restoring('shop/mesh-policies.yaml', async () => {
    await fillIn(page, 'Open a pull request with default');
    const request = await pullRequestOf(page);
    expect(await changedLines(request)).toEqual([
      expect.stringMatching(/^- +mode: PERMISSIVE$/),
      expect.stringMatching(/^\+ +mode: STRICT$/),
    ]);
    await merge(request);
    await page.goto(`${chatService}/security`);
    await expectStrict(page);
    await expectFollowed(page, /Merged.*: ?applied in the cluster/);
    await expectAccessible(page);
  });
});

test('it is as strict by the manifest that is shown', async ({ page }) => {
  test.skip(
    kubectl(['version', '--client']).status !== 0,
    'there is no kubectl to apply the manifest with',
  );
  test.setTimeout(300_000);
  await openAs(page, 'Olivia', `${chatService}/security`);
  const manifest = switching(page).getByRole('group', {
    name: 'Manifest of default',
  });
  await expect(manifest).toBeVisible({ timeout: 210_000 });
  const applied = kubectl(
    ['apply', '-f', '-'],
    (await manifest.textContent()) ?? '',
  );
  expect(applied.stderr + applied.stdout).toContain(
    'peerauthentication.security.istio.io/default configured',
  );
  await expectStrict(page);
});

async function expectStrict(page: Page) {
  await expect(
    mutualTls(page).getByText('Strict', { exact: true }),
  ).toBeVisible({ timeout: 40_000 });
  await expect(mutualTls(page)).toContainText('STRICT');
  await expect(switching(page).getByText('Done')).toBeVisible();
}
