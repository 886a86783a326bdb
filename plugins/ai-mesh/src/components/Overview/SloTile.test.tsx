import {
  known,
  unknown,
  type Overview,
  type WorstSlo,
} from '@ai-mesh/plugin-ai-mesh-common';
import { screen, within } from '@testing-library/react';
import {
  demoApi,
  OBSERVED_AT,
  overview,
  renderTab,
  TAB,
} from '../../__testUtils__';

const worst: WorstSlo = {
  model: 'swift-chat-3.5',
  objective: 'Latency',
  target: 0.99,
  periodSeconds: 2_592_000,
  budgetLeft: known(0.4),
  alert: 'ticket',
  lowTraffic: false,
  budgetOverTime: known([
    { at: OBSERVED_AT, budgetLeft: 0.6 },
    { at: OBSERVED_AT, budgetLeft: null },
    { at: OBSERVED_AT, budgetLeft: 0.4 },
  ]),
};

const show = (worstSlo: Overview['worstSlo']) =>
  renderTab('/overview', {
    api: demoApi({
      overview: jest
        .fn()
        .mockImplementation(async () => overview({ worstSlo })),
    }),
  });

const tile = () => screen.findByRole('region', { name: 'Worst objective' });

it('names the objective, its budget over time, its alert, and the way on', async () => {
  await show(known(worst));
  const shown = await tile();
  expect(shown).toHaveTextContent('Ticket');
  expect(shown).toHaveTextContent('swift-chat-3.5: Latency');
  expect(shown).toHaveTextContent('40% of the error budget of 99% is left.');
  expect(
    within(shown).getByRole('button', { name: 'Error budget left: 40%' }),
  ).toBeVisible();
  expect(
    await within(shown).findByRole('img', {
      name: 'Error budget over the last hours: from 60% to 40%.',
    }),
  ).toBeInTheDocument();
  expect(
    within(shown).getByRole('link', { name: 'See the objectives' }),
  ).toHaveAttribute('href', `${TAB}/slos`);
});

it.each<[Overview['worstSlo'], string]>([
  [
    known({ ...worst, budgetLeft: known(-0.2), lowTraffic: true }),
    'The error budget of 99% is spent. It rests on few events.',
  ],
  [
    known({ ...worst, budgetLeft: known(-2.8), youngWithinSeconds: 3600 }),
    'All events for the error budget of 99% are from the last 60 min: too early to judge it by.',
  ],
  [
    known({ ...worst, budgetLeft: known(-2.8), youngWithinSeconds: 3600 }),
    'young: at most 60 min of 30 days',
  ],
  [
    known({ ...worst, budgetLeft: unknown('no-traffic') }),
    'How much of the error budget of 99% is left is not known: Nothing happened',
  ],
  [
    known({ ...worst, budgetOverTime: unknown('source-unreachable') }),
    'No history: The source of this value did not answer.',
  ],
  [
    unknown('source-unreachable', 'Start Prometheus.'),
    'How objectives stand cannot be told: The source of this value did not answer. Start Prometheus.',
  ],
])('%# says "%s"', async (worstSlo, text) => {
  await show(worstSlo);
  expect(await tile()).toHaveTextContent(text);
});

it('is not there where the backend says nothing of objectives', async () => {
  await show(undefined);
  await screen.findByRole('region', { name: 'Traffic' });
  expect(
    screen.queryByRole('region', { name: 'Worst objective' }),
  ).not.toBeInTheDocument();
});
