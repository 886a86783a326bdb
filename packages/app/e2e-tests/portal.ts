import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const root = resolve(__dirname, '../../..');

interface RunningDemo {
  control: string;
  prometheus: string;
  kubernetes: string;
}

/** What `npm start` wrote of the demo that is under test. */
export function demo(): RunningDemo {
  const run = resolve(root, process.env.AI_MESH_RUN_FOLDER ?? '.run');
  return JSON.parse(readFileSync(join(run, 'demo.json'), 'utf8'));
}

export type Role = 'Olivia' | 'Amir' | 'Nora';

/** Opens a page of the portal as one of the demo's people. */
export async function openAs(page: Page, role: Role, path: string) {
  await page.goto(path);
  await page.getByRole('button', { name: `Enter as ${role}` }).click();
}

export const chatService = '/catalog/default/component/ai-chat-service/ai-mesh';

export async function playScene(name: string) {
  const answer = await fetch(`${demo().control}/scene`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  expect(answer.ok, `scene ${name}`).toBe(true);
}

/** One number from Prometheus itself, past everything that is under test. */
export async function askPrometheus(promql: string, at: Date): Promise<number> {
  const answer = await fetch(
    `${demo().prometheus}/api/v1/query?${new URLSearchParams({
      query: promql,
      time: String(at.getTime() / 1000),
    })}`,
  );
  const { data } = await answer.json();
  expect(data.result, promql).toHaveLength(1);
  return Number(data.result[0].value[1]);
}

/** Nothing that a screen reader's or keyboard's user would stumble over badly. */
export async function expectAccessible(page: Page) {
  // A dialog that is still fading in has no contrast yet. What moves for ever, as a skeleton does, is not waited for.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(
          ({ effect }) => effect?.getComputedTiming().endTime !== Infinity,
        )
        .map(({ finished }) => finished),
    ),
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(
    ({ impact }) => impact === 'serious' || impact === 'critical',
  );
  expect(
    serious.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ html }) => html),
    })),
  ).toEqual([]);
}

/** What `kubectl edit` would do to the chat service's last rule; the Kubernetes API takes the same where kubectl is not. */
export async function setChatWeights(v1: number, v2: number) {
  const answer = await fetch(
    `${demo().kubernetes}/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices/ai-chat-service`,
    {
      method: 'PATCH',
      headers: {
        'content-type': 'application/json-patch+json',
        authorization: 'Bearer sandbox-writer',
      },
      body: JSON.stringify([
        { op: 'replace', path: '/spec/http/2/route/0/weight', value: v1 },
        { op: 'replace', path: '/spec/http/2/route/1/weight', value: v2 },
      ]),
    },
  );
  expect(answer.status, await answer.clone().text()).toBe(200);
}
