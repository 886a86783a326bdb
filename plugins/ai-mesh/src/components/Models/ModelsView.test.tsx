import type { AiMeshApi } from '@ai-mesh/plugin-ai-mesh-common';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { configure, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { Route, Routes, useLocation } from 'react-router-dom';
import { demoApi, modelInUse, modelsInUse } from '../../__testUtils__';
import { aiMeshApiRef } from '../../api';
import { FleetPage } from '../Fleet';

configure({ asyncUtilTimeout: 15_000 });
jest.setTimeout(60_000);

function Address() {
  const { pathname, search } = useLocation();
  return <output aria-label="address">{`${pathname}${search}`}</output>;
}

async function render(
  change: Partial<jest.Mocked<AiMeshApi>> = {},
  at = '/ai-mesh/models',
) {
  return renderInTestApp(
    <TestApiProvider apis={[[aiMeshApiRef, demoApi(change)]]}>
      <Address />
      <Routes>
        <Route path="/ai-mesh/*" element={<FleetPage />} />
      </Routes>
    </TestApiProvider>,
    {
      routeEntries: [at],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
}

const answering = (changes: Parameters<typeof modelsInUse>[0]) => ({
  models: jest.fn().mockResolvedValue(modelsInUse(changes)),
});

describe('the models page', () => {
  it('shows each model across services, and who uses the busiest', async () => {
    const { container } = await render();
    const table = await screen.findByRole('table', { name: 'Models in use' });
    expect(
      within(table).getByRole('link', { name: /swift-chat-3\.5/ }),
    ).toHaveAttribute('href', '/catalog/default/resource/swift-chat');
    const [heads, swift] = within(table).getAllByRole('row');
    const texts = (row: HTMLElement, role: 'cell' | 'columnheader') =>
      within(row)
        .getAllByRole(role)
        .map(({ textContent }) => textContent);
    expect(texts(heads, 'columnheader')).toEqual([
      ...['Model', 'Services', 'Requests per second', 'Errors'],
      ...['p95 of the slowest service', 'Tokens per second'],
      ...['Cost per day (estimate)', 'Price'],
    ]);
    expect(texts(swift, 'cell')).toEqual([
      '2',
      '4 req/s',
      '10%',
      '250 ms',
      '30 tokens/s',
      '$24.00',
      'Known',
    ]);
    const uses = screen.getByRole('table', {
      name: 'Services that use swift-chat-3.5',
    });
    const [, chat, gateway] = within(uses).getAllByRole('row');
    expect(chat).toHaveTextContent(/ai-chat-service.*75.*v1 75.*v2 25/);
    expect(gateway).toHaveTextContent(/llm-gateway.*25/);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says that a price is unknown, and shows no cost of zero', async () => {
    await render();
    const row = (await screen.findByText('unpriced')).closest('tr')!;
    expect(row).toHaveTextContent('Unknown: no price is configured');
    expect(
      within(row).getByRole('button', {
        name: /Cost per day \(estimate\): .*No price for unpriced\./,
      }),
    ).toHaveTextContent('–');
  });

  it('shows who uses the model that is chosen', async () => {
    await render();
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'unpriced: show the 1 service that uses it',
      }),
    );
    const uses = screen.getByRole('table', {
      name: 'Services that use unpriced',
    });
    expect(within(uses).getAllByRole('row')).toHaveLength(2);
    expect(screen.getByLabelText('address')).toHaveTextContent(
      '/ai-mesh/models?model=unpriced',
    );
  });

  it.each([
    ['that a link names', 'unpriced', 'unpriced'],
    ['that uses most where the one is gone', 'gone', 'swift-chat-3.5'],
  ])('shows who uses the model %s', async (_, model, shown) => {
    await render({}, `/ai-mesh/models?model=${model}`);
    expect(
      await screen.findByRole('table', { name: `Services that use ${shown}` }),
    ).toBeVisible();
  });

  it('says how many models and services it does not show', async () => {
    await render(
      answering({
        models: [modelInUse({ moreUses: 10 })],
        modelCount: 61,
      }),
    );
    expect(
      await screen.findByText('There are 60 more, which are not shown.'),
    ).toBeVisible();
    expect(
      screen.getByText('There are 10 more, which are not shown.'),
    ).toBeVisible();
    expect(
      screen.getByRole('button', {
        name: 'swift-chat-3.5: show the 12 services that use it',
      }),
    ).toHaveTextContent(/^12$/);
  });

  it('names the services of which it is not known', async () => {
    await render(
      answering({
        models: [],
        notKnown: [
          {
            entityRef: 'component:default/lost',
            reason: 'source-unreachable',
            message: 'Prometheus is away.',
          },
        ],
        notKnownCount: 1,
      }),
    );
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(
      /Of 1 service it is not known .*lost.*Prometheus is away\./,
    );
    expect(
      screen.getByText('No service that you may see reports a model'),
    ).toBeInTheDocument();
  });

  it('says when it cannot be had', async () => {
    await render({
      models: jest.fn().mockRejectedValue(new Error('no database')),
    });
    expect(await screen.findByText(/no database/)).toBeInTheDocument();
  });
});
