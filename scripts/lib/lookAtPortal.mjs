import { expect } from '@playwright/test';
import { signInAgain, soon, visitPortal } from './visitPortal.mjs';

const entityAt = url => `${url}/catalog/default/component/ai-chat-service`;

/**
 * Walks through AI Mesh in a portal that has a guest and the entity `ai-chat-service`: the card, the tab, a deep link and
 * its reload, and the request of a canary where nothing may be written. Throws at the first that is not as it should be;
 * gives a line for each that is.
 *
 * @param url - of the portal, with its path
 * @param options - `pictures`: a folder for what was seen; `bare`: without search; `scorecards`: with Tech Insights
 * and the Scorecard plugin
 */
export function lookAtPortal(url, { pictures, bare, scorecards }) {
  return visitPortal(
    async (page, saw) => {
      const entity = entityAt(url);
      await page.goto(entity);
      await page.getByRole('button', { name: 'Enter' }).click(soon);
      const card = page.getByText('Mutual TLS').first();
      await expect(card).toBeVisible(soon);
      await card.scrollIntoViewIfNeeded();
      await saw('the card on the overview');
      const [first] = await page.getByRole('tab').allTextContents();
      expect(first, 'the first tab').not.toBe('AI Mesh');
      // The new entity page has links, as the menu has to the page of all entities; the legacy one has tabs.
      const tab = { name: 'AI Mesh', exact: true };
      await page
        .getByRole('tab', tab)
        .or(
          page
            .getByRole('link', tab)
            .and(page.locator('[href*="/ai-chat-service/ai-mesh"]')),
        )
        .first()
        .click();
      await expect(
        page.getByRole('row', { name: /Prometheus.*Answered/ }),
      ).toBeVisible(soon);
      await saw('the tab, with its sources');
      for (const how of ['deep link', 'reload']) {
        if (how === 'reload') {
          await page.reload();
        } else {
          await page.goto(`${entity}/ai-mesh/topology`);
        }
        await signInAgain(page);
        await expect(page.getByText('ai-orchestrator').first()).toBeVisible(
          soon,
        );
        await saw(`the topology by ${how}`);
      }
      await page.goto(`${entity}/ai-mesh/canary`);
      await signInAgain(page);
      // It cannot be pressed, and says why to whoever comes to it.
      await page
        .getByRole('button', { name: 'Request a canary' })
        .first()
        .hover({ ...soon, force: true });
      await expect(page.getByText(/allowWrites/).first()).toBeVisible(soon);
      await saw('that no canary may be asked for without allowWrites');
      await seeModules(page, saw, { url, bare, scorecards });
    },
    { pictures, name: 'read-only' },
  );
}

/**
 * Asks for a canary in the same portal, where writing is allowed, as the one guest that there is: the preflight, the request
 * that waits, and why the guest may not approve it, with the setting for whoever is alone.
 */
export function askForCanary(url, { pictures }) {
  return visitPortal(
    async (page, saw) => {
      await page.goto(`${entityAt(url)}/ai-mesh/canary`);
      await signInAgain(page);
      await page
        .getByRole('button', { name: 'Request a canary' })
        .first()
        .click(soon);
      const form = page.getByRole('form', { name: 'Request a canary' });
      const target = form.getByLabel('To version');
      await expect(target).toBeVisible(soon);
      await expect(target).toContainText('v2');
      await form.getByLabel(/^Reason/).fill('A first try of version 2');
      await expect(
        form.getByRole('button', { name: /^Show the .*checks? that passed$/ }),
      ).toBeVisible(soon);
      await expect(form.getByText('Blocks:')).toHaveCount(0);
      await expect(
        form.getByRole('table', { name: 'The first change, exactly' }),
      ).toBeVisible(soon);
      await saw('the preflight of a canary of v2, which blocks nothing');
      await form.getByRole('button', { name: 'Send the request' }).click();
      await expect(
        page.getByText('Waits for approval', { exact: true }).first(),
      ).toBeVisible(soon);
      await expect(
        page.getByRole('button', { name: 'Approve', exact: true }),
      ).toHaveAccessibleDescription(
        /somebody else has to approve it.*aiMesh\.canary\.requesterMayApprove/,
        soon,
      );
      await saw('the request, and why its only guest does not approve it');
    },
    { pictures, name: 'canary' },
  );
}

/** The modules beside the plugin answer by the APIs of the plugins that they belong to. */
async function seeModules(page, saw, { url, bare, scorecards }) {
  const asked = page.waitForRequest(/\/api\/ai-mesh\//);
  await page.reload();
  await signInAgain(page);
  const { authorization } = await (await asked).allHeaders();
  const ask = async path => {
    const answer = await page.request.get(`${url}/api/${path}`, {
      headers: { authorization },
    });
    return answer.text();
  };
  expect(await ask('scaffolder/v2/actions')).toContain(
    'ai-mesh:canary:request',
  );
  await saw("the scaffolder's actions");
  if (scorecards) {
    expect(await ask('tech-insights/fact-schemas')).toContain('aiMeshFacts');
    expect(await ask('scorecard/metrics?datasource=aiMesh')).toContain(
      'aiMesh.mtls',
    );
    await saw('the facts in Tech Insights, and the checks in the Scorecard');
  }
  if (!bare) {
    await expect
      .poll(
        () => ask('search/query?term=ai-chat-service&types%5B0%5D=ai-mesh'),
        { timeout: 180_000, intervals: [5_000] },
      )
      .toContain('component/ai-chat-service');
    await saw('the service in search');
  }
}
