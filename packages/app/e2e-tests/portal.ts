import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';

const root = resolve(__dirname, '../../..');

interface RunningDemo {
  control: string;
  prometheus: string;
  kubernetes: string;
  git: {
    apiBaseUrl: string;
    repository: string;
    source: string;
    tokens: { writer: string; maintainer: string; admin: string };
  };
  /** What it has of each of its clusters; the addresses above are the first one's. */
  clusters: { name: string; prometheus: string; kubernetes: string }[];
}

/** What `npm start` wrote of the demo that is under test. */
export function demo(): RunningDemo {
  const run = resolve(root, process.env.AI_MESH_RUN_FOLDER ?? '.run');
  return JSON.parse(readFileSync(join(run, 'demo.json'), 'utf8'));
}

export type Role = 'Olivia' | 'Amir' | 'Nora';

/** Opens a page of the portal as one of the demo's people, who know the tab already unless they are newcomers. */
export async function openAs(
  page: Page,
  role: Role,
  path: string,
  { newcomer = false } = {},
) {
  if (!newcomer) {
    await page.addInitScript(() =>
      localStorage.setItem('/ai-mesh/tourOffered', 'true'),
    );
  }
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
export async function askPrometheus(
  promql: string,
  at: Date,
  /** Whose; the first one's unless said. */
  cluster?: string,
): Promise<number> {
  const { prometheus, clusters } = demo();
  const server = clusters.find(({ name }) => name === cluster)?.prometheus;
  const answer = await fetch(
    `${server ?? prometheus}/api/v1/query?${new URLSearchParams({
      query: promql,
      time: String(at.getTime() / 1000),
    })}`,
  );
  const { data } = await answer.json();
  expect(data.result, promql).toHaveLength(1);
  return Number(data.result[0].value[1]);
}

/** Waits until somebody is told something, and follows the message's link. */
export async function followNotification(page: Page, title: RegExp) {
  await page.goto('/notifications');
  const link = page.getByRole('link', { name: title }).first();
  await expect(async () => {
    await page.reload();
    await expect(link).toBeVisible({ timeout: 8000 });
  }).toPass({ timeout: 90_000 });
  await link.click();
  await expect(page).toHaveURL(/row=/);
}

/** The answer behind the screen that the page is opening. */
export function openAnswer<T>(page: Page, view: string): Promise<T> {
  return page
    .waitForResponse(
      response =>
        new RegExp(`/api/ai-mesh/.*/${view}(\\?|$)`).test(response.url()) &&
        response.ok(),
    )
    .then(response => response.json());
}

/** Opens a screen as Olivia, again and again until what is said of its answer holds: a rate settles as its window fills. */
export async function openUntil<T>(
  page: Page,
  view: string,
  path: string,
  holds: (answer: T) => Promise<void>,
) {
  await openAs(page, 'Olivia', path);
  await expect(async () => {
    const answer = openAnswer<T>(page, view);
    await page.goto(path);
    await holds(await answer);
  }).toPass({ timeout: 150_000 });
}

/** When a source answered: it may be some seconds older than the page, and says so. */
export function observedBy(
  sources: { name: string; cluster?: string; observedAt?: string }[],
  source: string,
  /** Whose; each cluster's answers at a moment of its own. The first one's unless said. */
  cluster?: string,
): Date {
  const observedAt = sources.find(
    one => one.name === source && (!cluster || one.cluster === cluster),
  )?.observedAt;
  expect(
    observedAt,
    `${source} of ${cluster ?? 'any cluster'} among the sources`,
  ).toBeDefined();
  return new Date(observedAt!);
}

/** A figure that has to be known. */
export function knownValue(
  figure: { status: 'known'; value: number } | { status: string },
): number {
  expect(figure).toMatchObject({ status: 'known' });
  return 'value' in figure ? figure.value : NaN;
}

/** @param share - how far, of what was asked for */
export function expectWithin(share: number, shown: number, asked: number) {
  expect(
    Math.abs(shown - asked) / asked,
    `${shown} shown, ${asked} asked`,
  ).toBeLessThan(share);
}

/**
 * Nothing that a screen reader's or keyboard's user would stumble over badly.
 *
 * @param without - rules that Backstage's own part of the page breaks
 */
export async function expectAccessible(page: Page, without: string[] = []) {
  // A dialog that is still fading in has no contrast yet. What moves for ever, as a skeleton does, or with the scrolling, as
  // the shadows of Backstage's cards do, is not waited for.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(
          ({ effect, timeline }) =>
            timeline instanceof DocumentTimeline &&
            effect?.getComputedTiming().endTime !== Infinity,
        )
        .map(({ finished }) => finished),
    ),
  );
  const { violations } = await new AxeBuilder({ page })
    .disableRules(without)
    .analyze();
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

/** Unfolds what a button folds, and waits until nothing of it moves under the pointer any more. */
export async function unfold(folded: Locator, button: Locator) {
  await button.click();
  await expect(folded.locator('.MuiCollapse-entered')).not.toHaveCount(0);
}
