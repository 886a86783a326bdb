import type { AiMeshApi } from '@ai-mesh/plugin-ai-mesh-common';
import { identityApiRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import { demoApi, fleet } from '../../__testUtils__';
import { aiMeshApiRef } from '../../api';
import { fleetRouteRef } from '../../routes';
import { HomeFleetCard } from '.';

async function render(change: Partial<jest.Mocked<AiMeshApi>> = {}) {
  const api = demoApi(change);
  const { container } = await renderInTestApp(
    <TestApiProvider
      apis={[
        [aiMeshApiRef, api],
        [
          identityApiRef,
          mockApis.identity({
            userEntityRef: 'user:default/olivia',
            ownershipEntityRefs: [
              'user:default/olivia',
              'group:default/ai-team',
            ],
          }),
        ],
      ]}
    >
      <HomeFleetCard />
    </TestApiProvider>,
    {
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/ai-mesh': fleetRouteRef,
      },
    },
  );
  return { api, container };
}

describe("the home page's card", () => {
  it('shows the reader’s own services with their levels, the worst first, and leads to all of them', async () => {
    const { api, container } = await render();
    expect(
      await screen.findByRole('row', { name: /ai-chat-service/ }),
    ).toHaveTextContent('Silver');
    expect(screen.getByRole('row', { name: /quiet/ })).toHaveTextContent(
      'Not known: between',
    );
    expect(api.fleet?.mock.calls[0][0]).toMatchObject({
      owner: 'user:default/olivia,group:default/ai-team',
      sort: 'health',
      limit: 10,
    });
    expect(
      screen.getByRole('link', { name: /^Open in AI Mesh/ }),
    ).toHaveAttribute('href', '/ai-mesh?owner=mine');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says how many more there are', async () => {
    await render({ fleet: jest.fn().mockResolvedValue(fleet({ total: 12 })) });
    expect(await screen.findByRole('link', { name: '10 more' })).toBeVisible();
  });

  it.each<[string, Partial<jest.Mocked<AiMeshApi>>, string]>([
    [
      'there are none',
      { fleet: jest.fn().mockResolvedValue(fleet({ rows: [], total: 0 })) },
      'None of its services that you may see is in the mesh.',
    ],
    [
      'they cannot be had',
      { fleet: jest.fn().mockRejectedValue(new Error('The catalog is away')) },
      'The list could not be had',
    ],
  ])('says so where %s', async (_, change, words) => {
    await render(change);
    expect(await screen.findByText(words)).toBeVisible();
  });
});
