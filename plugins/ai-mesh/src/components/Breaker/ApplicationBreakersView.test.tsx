import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import { screen, within } from '@testing-library/react';
import { axe } from 'jest-axe';
import { demoApi, renderTab, routes, serviceRoutes } from '../../__testUtils__';

const show = (applicationBreakers?: unknown) =>
  renderTab('/traffic', {
    api: demoApi({
      routes: jest.fn().mockImplementation(async () =>
        routes({
          services: [
            {
              ...serviceRoutes(),
              ...(applicationBreakers ?? {}),
            } as ReturnType<typeof serviceRoutes>,
          ],
        }),
      ),
    }),
  });

it('stand beside Istio`s on the traffic screen, each state by icon and word', async () => {
  const { container } = await show({
    applicationBreakers: {
      breakers: known(
        (['closed', 'half_open', 'forced_open', 'disabled'] as const).map(
          state => ({
            cluster: 'demo',
            namespace: 'ai-services',
            name: `to-${state}`,
            state,
            pods: { [state]: 2, closed: state === 'closed' ? 2 : 0 },
          }),
        ),
      ),
      fallbacksPerSecond: known(0),
    },
  });
  expect(
    await screen.findByRole('heading', { name: 'Live state' }),
  ).toBeVisible();
  const table = screen.getByRole('table', {
    name: 'Circuit breakers inside the application',
  });
  expect(
    within(table)
      .getAllByRole('row')
      .slice(1)
      .map(row => row.textContent),
  ).toEqual([
    'to-closedclosed2 closedai-services on demo',
    'to-half_openhalf open2 half openai-services on demo',
    'to-forced_openforced open2 forced openai-services on demo',
    'to-disableddisabled2 disabledai-services on demo',
  ]);
  expect(
    screen.getByRole('button', { name: 'Fallback answers: 0 req/s' }),
  ).toBeVisible();
  expect(await axe(container)).toHaveNoViolations();
});

it('say that the metrics know none, and show no number for fallbacks', async () => {
  await show({
    applicationBreakers: {
      breakers: unknown('not-exported'),
      fallbacksPerSecond: unknown('not-exported'),
    },
  });
  expect(
    await screen.findByText(/No breaker of Resilience4j reports/),
  ).toBeVisible();
  expect(
    screen.getByRole('button', { name: /^Fallback answers: unknown/ }),
  ).toHaveTextContent('–');
});

it('are no part of an answer of a backend that does not know them', async () => {
  await show();
  await screen.findByRole('heading', { name: 'Live state' });
  expect(
    screen.queryByRole('heading', {
      name: 'Circuit breakers inside the application',
    }),
  ).not.toBeInTheDocument();
});
