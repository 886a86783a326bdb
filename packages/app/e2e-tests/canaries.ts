import { execFileSync, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import {
  type Browser,
  expect,
  type Locator,
  type Page,
} from '@playwright/test';
import { setChatWeights } from './chatRoutes';
import {
  chatService,
  demo,
  expectAccessible,
  openAs,
  type Role,
} from './portal';

/** A promotion in few and short steps; the demo's traffic gives each version enough requests for it. */
export const quickPlan = {
  'Weights, %': '40, 70, 100',
  'Interval, seconds': '10',
  'Breach check, seconds': '2',
  'Longest hold, seconds': '120',
  // The demo's traffic is small: to be surer would take minutes.
  'Confidence, %': '80',
  'Least requests': '10',
};

/** The longest that a run by that plan may take. */
export const RUN_MS = 150_000;

/** The state beside the heading; the history has states too. */
export function state(page: Page, name: string) {
  return page
    .getByRole('article')
    .first()
    .getByRole('heading', { level: 2 })
    .first()
    .locator('..')
    .getByText(name, { exact: true });
}

/** Asks as the owner, and leaves the page on the canary. `more` fills in what is no field of the plan. */
export async function requestCanary(
  page: Page,
  reason: string,
  plan: Record<string, string> = quickPlan,
  more?: (form: Locator) => Promise<void>,
  firstChange: string = '+ 40',
  at: string = chatService,
) {
  await openAs(page, 'Olivia', `${at}/canary`);
  await page.getByRole('button', { name: 'Request a canary' }).click();
  const form = page.getByRole('form', { name: 'Request a canary' });
  await form.getByRole('button', { name: 'Show all settings' }).click();
  await form.getByRole('radio', { name: 'Named steps' }).check();
  for (const [label, value] of Object.entries(plan)) {
    await form.getByLabel(label).fill(value);
  }
  await form.getByLabel(/^Reason/).fill(reason);
  await more?.(form);
  // The exact first write stands there before anything is asked for; where it is for several clusters, each.
  await expect(
    form.getByRole('table', { name: 'The first change, exactly' }).first(),
  ).toContainText(firstChange);
  await expectAccessible(page);
  await form.getByRole('button', { name: 'Send the request' }).click();
  await expect(state(page, 'Waits for approval')).toBeVisible();
}

/** In a browser of their own; `changes` is what the dialog has to say beforehand. */
export async function approve(
  browser: Browser,
  url: string,
  changes: string = '10%40%',
) {
  await as(browser, 'Amir', url, async page => {
    await page.getByRole('button', { name: 'Approve' }).click();
    const dialog = page.getByRole('dialog', { name: 'Approve this canary?' });
    await expect(dialog).toContainText(changes);
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await expect(dialog).toBeHidden();
  });
}

/** Ends whatever a test has left on the chat service's route, so that the next one, or a second try, finds it free. */
export async function endActiveCanaries(page: Page) {
  const first = page.waitForRequest(/\/api\/ai-mesh\/v1\/.*canaries/);
  await openAs(page, 'Olivia', `${chatService}/canary`);
  const seen = await first;
  const { authorization } = await seen.allHeaders();
  const api = `${new URL(seen.url()).origin}/api/ai-mesh/v1/canaries`;
  const call = async (path: string, data?: object) => {
    const answer = await page.request.fetch(`${api}${path}`, {
      method: data ? 'POST' : 'GET',
      headers: { authorization },
      data,
    });
    return answer.json();
  };
  await expect
    .poll(
      async () => {
        const { canaries } = await call('?active=true');
        for (const { id, version, actions } of canaries) {
          const action = ['cancel', 'rollBack'].find(one =>
            actions.includes(one),
          );
          if (action) {
            // Somebody may be faster; then it is tried again.
            await call(`/${id}/actions`, {
              action,
              version,
              reason: 'Left by a test',
            });
          }
        }
        return canaries.length;
      },
      { timeout: 60_000 },
    )
    .toBe(0);
}

/** The same in a browser of its own, in which nobody is signed in. */
export async function endCanariesAside(browser: Browser) {
  const context = await browser.newContext();
  await endActiveCanaries(await context.newPage());
  await context.close();
}

/** Somebody else, who looks at the same page. */
export async function as(
  browser: Browser,
  role: Role,
  url: string,
  act: (page: Page) => Promise<void>,
) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await openAs(page, role, new URL(url).pathname);
    await act(page);
  } finally {
    await context.close();
  }
}

/** With kubectl, as people do; where there is none, through the same API. */
export async function editByHand(v1: number, v2: number) {
  if (!hasKubectl()) {
    await setChatWeights(v1, v2);
    return;
  }
  const kubeconfig = resolve(
    __dirname,
    '../../..',
    process.env.AI_MESH_RUN_FOLDER ?? '.run',
    'kubeconfig',
  );
  execFileSync('kubectl', [
    `--kubeconfig=${kubeconfig}`,
    '--namespace=ai-services',
    'patch',
    'virtualservice',
    'ai-chat-service',
    '--type=json',
    `--patch=${JSON.stringify([
      { op: 'replace', path: '/spec/http/2/route/0/weight', value: v1 },
      { op: 'replace', path: '/spec/http/2/route/1/weight', value: v2 },
    ])}`,
  ]);
}

function hasKubectl(): boolean {
  return spawnSync('kubectl', ['version', '--client']).status === 0;
}

/**
 * What the cluster says of v1 and v2, past everything that is under test.
 *
 * @param cluster - whose; the first one's unless said
 */
export async function chatWeights(cluster?: string): Promise<number[]> {
  const { route } = (await chatRules(cluster)).find(
    ({ name }) => name === 'split',
  )!;
  return ['v1', 'v2'].map(
    subset =>
      route.find(({ destination }) => destination.subset === subset)?.weight ??
      0,
  );
}

interface Rule {
  name?: string;
  retries?: { retryOn?: string };
  match?: Array<{ headers?: Record<string, unknown> }>;
  route: Array<{ destination: { subset: string }; weight?: number }>;
}

/** The http rules of the chat service as they are in the cluster, from top to bottom. */
export async function chatRules(cluster?: string): Promise<Rule[]> {
  const { spec } = await inCluster(
    'apis/networking.istio.io/v1/namespaces/ai-services/virtualservices/ai-chat-service',
    cluster,
  );
  return spec.http;
}

/** The replicas that the chat service's Deployment of a version asks for. */
export async function replicasOf(version: string): Promise<number> {
  const { spec } = await inCluster(
    `apis/apps/v1/namespaces/ai-services/deployments/ai-chat-service-${version}`,
  );
  return spec.replicas;
}

/** What `kubectl scale` would do to the chat service's second version, until all its pods are ready. */
export async function scaleChatV2(replicas: number, cluster: string) {
  const deployment =
    'apis/apps/v1/namespaces/ai-services/deployments/ai-chat-service-v2';
  await inCluster(deployment, cluster, { spec: { replicas } });
  await expect
    .poll(
      async () =>
        (await inCluster(deployment, cluster)).status?.readyReplicas ?? 0,
      { timeout: 60_000 },
    )
    .toBe(replicas);
}

/** What the API server has at a path, past everything that is under test; `merge` is laid over it before. */
export async function inCluster(
  path: string,
  cluster?: string,
  merge?: object,
) {
  const { kubernetes, clusters } = demo();
  const server = clusters.find(({ name }) => name === cluster)?.kubernetes;
  const answer = await fetch(`${server ?? kubernetes}/${path}`, {
    method: merge ? 'PATCH' : 'GET',
    headers: {
      authorization: 'Bearer sandbox-writer',
      ...(merge && { 'content-type': 'application/merge-patch+json' }),
    },
    body: merge && JSON.stringify(merge),
  });
  expect(answer.status, path).toBe(200);
  return answer.json();
}
