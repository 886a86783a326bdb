import type { Scorecard } from '@ai-mesh/plugin-ai-mesh-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { demoApi, renderTab, scorecard, TAB } from '../../__testUtils__';

const show = (
  change: Partial<Scorecard> = {},
  options: Partial<Parameters<typeof renderTab>[1]> = {},
) =>
  renderTab('/scorecard', {
    api: demoApi({
      scorecard: jest.fn().mockImplementation(async () => scorecard(change)),
    }),
    ...options,
  });

const article = (name: string) => screen.findByRole('article', { name });

describe('the scorecard', () => {
  it('says the level, how many checks come to what, and what the next level lacks', async () => {
    await show();
    const head = (await screen.findByText('Level:')).closest(
      '[role=status]',
    ) as HTMLElement;
    expect(head).toHaveTextContent(
      'Level: None yet2 fail1 unknown1 exempt1 passes',
    );
    const next = screen.getByRole('region', {
      name: 'What “Bronze” still lacks',
    });
    expect(next).toHaveTextContent('Failing: No high findings');
  });

  it('groups checks by level, what needs work first', async () => {
    await show();
    const names = (await screen.findAllByRole('region'))
      .map(region => within(region).queryAllByRole('article'))
      .map(cards =>
        cards.map(card => within(card).getByRole('heading').textContent),
      )
      .filter(titles => titles.length > 0);
    expect(names).toEqual([
      ['No high findings', 'Authorization is present and effective'],
      ['Timeouts fit the p99'],
      ['Costs less than 100 € a day', 'Traces name the model'],
    ]);
    expect(screen.getByRole('heading', { name: 'Exemplary' })).toBeVisible();
  });

  it('shows the value of a check, its bound, since when, and leads to the screen that mends it', async () => {
    await show();
    const card = await article('No high findings');
    const row = within(card).getAllByRole('row')[1];
    expect(row).toHaveTextContent(
      /High findings of the review2at most 0Fail.*ago/,
    );
    expect(card).toHaveTextContent(/Fail.*since .*ago/);
    expect(card).toHaveTextContent('Apply the fixes in Review, worst first.');
    await userEvent.click(
      within(card).getByRole('link', { name: 'Mend it in Review' }),
    );
    expect(
      screen.getByLabelText('address', { selector: 'output' }),
    ).toHaveTextContent(`${TAB}/review`);
  });

  it('says why a check is unknown, and what its fact was last', async () => {
    await show();
    expect(await article('Timeouts fit the p99')).toHaveTextContent(
      /Unknown.*unknown: Prometheus does not answer\. Last known: 25%, .*ago.*at most 100%/,
    );
  });

  it('shows an exemption with its reason and day, and one that has ended', async () => {
    await show();
    expect(await article('Traces name the model')).toHaveTextContent(
      'Exempt until the end of 2026-06-30: the tracing back end is being replaced',
    );
    expect(await article('Costs less than 100 € a day')).toHaveTextContent(
      'The exemption ended with 2026-01-31; its reason was: the sale of the year',
    );
    expect(await article('Costs less than 100 € a day')).toHaveTextContent(
      '€240.00 a day',
    );
  });

  it('shows the trend with a gap for days that were not computed', async () => {
    await show();
    await userEvent.click(
      await screen.findByRole('button', {
        name: /Checks over the last 90 days/,
      }),
    );
    const table = screen.getAllByRole('table').at(-1)!;
    expect(
      within(table)
        .getAllByRole('row')
        .slice(1)
        .map(row =>
          within(row)
            .getAllByRole('cell')
            .map(cell => cell.textContent),
        ),
    ).toEqual([
      ['1', '2', '1'],
      ['no value', 'no value', 'no value'],
      ['no value', 'no value', 'no value'],
      ['0', '2', '2'],
    ]);
  });

  it.each<[string, Partial<Scorecard>, string]>([
    [
      'between which levels it lies while that is not known',
      { level: { status: 'unknown', atLeast: null, atMost: 'gold' } },
      'Not known: between “None yet” and “Exemplary”',
    ],
    [
      'that the highest level is reached',
      { level: { status: 'known', level: 'gold' }, next: undefined },
      'The highest level is reached.',
    ],
    [
      'that nothing has been computed yet',
      { observedAt: undefined },
      'Nothing has been computed yet',
    ],
    [
      'that no check concerns the entity',
      { checks: [], next: undefined, trend: [] },
      'No check concerns this entity',
    ],
    [
      'which exemptions cannot be read',
      { problems: ['Line 1 of the annotation cannot be read'] },
      'Line 1 of the annotation cannot be read',
    ],
  ])('says %s', async (_, change, text) => {
    await show(change);
    expect(await screen.findByText(text, { exact: false })).toBeVisible();
  });
});
