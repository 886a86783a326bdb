import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { renderTab, TAB } from '../../__testUtils__';

describe('AiMeshTab', () => {
  it.each([
    ['', 'overview', 'Traffic'],
    ['/overview', 'overview', 'Traffic'],
    ['/topology', 'topology', 'No outage, but not everything here is well.'],
    ['/traffic', 'traffic', 'ai-chat-service'],
    ['/slos', 'slos', 'Objectives, the least budget left first'],
    ['/security', 'security', 'ai-chat-service'],
    ['/scorecard', 'scorecard', 'What “Bronze” still lacks'],
    ['/review', 'review', 'Broken, unprotected or paid for twice'],
    ['/what-is-this/there', 'overview', 'Traffic'],
  ])('at "%s" shows the screen %s', async (at, name, heading) => {
    const { address } = await renderTab(at);
    expect(
      await screen.findByRole('heading', { level: 2, name: heading }),
    ).toBeVisible();
    expect(address()).toBe(`${TAB}/${name}`);
    const current = within(
      screen.getByRole('navigation', { name: 'AI Mesh screens' }),
    ).getByRole('link', { current: 'page' });
    expect(current).toHaveAttribute('href', `${TAB}/${name}`);
  });

  it('takes the window along from screen to screen', async () => {
    const { address } = await renderTab('/overview?window=1h');
    await userEvent.click(
      await screen.findByRole('link', { name: 'Topology' }),
    );
    expect(address()).toBe(`${TAB}/topology?window=1h`);
  });

  it.each([
    ['/overview', 'light'],
    ['/overview', 'dark'],
    ['/topology', 'light'],
    ['/topology', 'dark'],
    ['/topology?view=table', 'light'],
    ['/topology?selected=node:ai-chat-service', 'light'],
    ['/topology?selected=edge:nightly-report>ai-chat-service', 'light'],
    ['/traffic', 'light'],
    ['/traffic', 'dark'],
    ['/review', 'light'],
    ['/review', 'dark'],
    ['/scorecard', 'light'],
    ['/scorecard', 'dark'],
    ['/slos', 'light'],
    ['/slos', 'dark'],
    ['/security', 'light'],
    ['/security', 'dark'],
  ] as const)('has no accessibility fault at %s, %s', async (at, theme) => {
    const { container } = await renderTab(at, { theme });
    await screen.findAllByRole('heading', { level: 2 });
    expect(await axe(container)).toHaveNoViolations();
  });
});
