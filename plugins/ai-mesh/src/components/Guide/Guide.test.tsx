import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { renderTab, TAB } from '../../__testUtils__';
import { screens } from '../AiMeshTab/screens';
import { documentationPage } from './useDocumentation';

describe('the tour', () => {
  it('leads a newcomer over five screens, back and forth, and keeps the window', async () => {
    const { address } = await renderTab('/traffic?window=1h', {
      newcomer: true,
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show me around' }),
    );
    const steps = ['overview', 'topology', 'canary', 'security', 'slos'];
    for (const [index, step] of steps.entries()) {
      expect(
        await screen.findByRole('region', {
          name: new RegExp(`step ${index + 1} of 5$`),
        }),
      ).toBeVisible();
      expect(address()).toBe(`${TAB}/${step}?window=1h&tour=${index + 1}`);
      const next = screen.queryByRole('button', { name: 'Next' });
      if (next) {
        await userEvent.click(next);
      }
    }
    await userEvent.click(screen.getByRole('button', { name: 'Back' }));
    expect(address()).toBe(`${TAB}/security?window=1h&tour=4`);
    await userEvent.click(screen.getByRole('button', { name: 'End the tour' }));
    expect(address()).toBe(`${TAB}/security?window=1h`);
    expect(
      screen.queryByRole('region', { name: 'New here?' }),
    ).not.toBeInTheDocument();
  });

  it('is not offered again to who has declined', async () => {
    await renderTab('/overview', { newcomer: true });
    await userEvent.click(
      await screen.findByRole('button', { name: 'No, thank you' }),
    );
    await userEvent.click(screen.getByRole('link', { name: 'Traffic' }));
    expect(
      screen.queryByRole('region', { name: 'New here?' }),
    ).not.toBeInTheDocument();
  });

  it.each(['0', '6', '1.5', 'one', '2'])(
    'shows nothing at a step that is not this screen’s: %s',
    async step => {
      await renderTab(`/overview?tour=${step}`);
      await screen.findByRole('heading', { level: 2, name: 'Traffic' });
      expect(
        screen.queryByRole('button', { name: 'End the tour' }),
      ).not.toBeInTheDocument();
    },
  );

  it('has no accessibility fault', async () => {
    const { container } = await renderTab('/overview', { newcomer: true });
    await screen.findByRole('heading', { level: 2, name: 'Traffic' });
    expect(await axe(container)).toHaveNoViolations();
  });
});

describe('the help', () => {
  it.each(screens)('says what the screen %s is for', async name => {
    const { baseElement } = await renderTab(`/${name}`, {
      documentation: '/docs/default/component/ai-mesh/',
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'About this screen' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(
      within(dialog).getByRole('link', {
        name: 'Documentation of this screen',
      }),
    ).toHaveAttribute(
      'href',
      expect.stringMatching(/^\/docs\/default\/component\/ai-mesh\/[#a-z]/),
    );
    expect(await axe(baseElement)).toHaveNoViolations();
  });

  it('is not all: the screen itself links to its documentation', async () => {
    await renderTab('/slos', { documentation: '/docs/ai-mesh' });
    expect(
      await screen.findByRole('link', { name: 'Documentation of this screen' }),
    ).toHaveAttribute('href', '/docs/ai-mesh/slos/');
  });

  it.each([
    ['canary', 'en', 'canary/'],
    ['canary', 'zh', 'canary.zh-CN/'],
    ['canary', 'zh-CN', 'canary.zh-CN/'],
    ['topology', 'zh', 'topology/'],
  ] as const)('takes a reader of %s in %s to %s', (name, language, page) => {
    expect(documentationPage(name, language)).toBe(page);
  });

  it('opens by “?”, but not while the reader types', async () => {
    await renderTab('/topology');
    const field = await screen.findByLabelText('Find');
    await userEvent.type(field, '?');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    field.blur();
    await userEvent.keyboard('?');
    const dialog = await screen.findByRole('dialog', { name: 'Topology' });
    expect(within(dialog).queryByRole('link')).not.toBeInTheDocument();
  });
});

it('lets one skip the navigation by the keyboard', async () => {
  await renderTab('/overview');
  await screen.findByRole('heading', { level: 2, name: 'Traffic' });
  await userEvent.tab();
  const skip = screen.getByRole('button', {
    name: 'Skip to the screen’s content',
  });
  expect(skip).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await userEvent.tab();
  expect(
    screen.getByRole('navigation', { name: 'AI Mesh screens' }),
  ).not.toContainElement(document.activeElement as HTMLElement);
  expect(screen.getByRole('button', { name: /^When/ })).toHaveFocus();
});
