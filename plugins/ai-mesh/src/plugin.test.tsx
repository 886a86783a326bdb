import type { AiMeshApi } from '@ai-mesh/plugin-ai-mesh-common';
import { FlatRoutes } from '@backstage/core-app-api';
import type { Entity } from '@backstage/catalog-model';
import {
  CatalogEntityPage,
  CatalogIndexPage,
  DefaultEntityPresentationApi,
  EntityLayout,
  EntitySwitch,
} from '@backstage/plugin-catalog';
import {
  catalogApiRef,
  entityPresentationApiRef,
  MockStarredEntitiesApi,
  starredEntitiesApiRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route } from 'react-router-dom';
import {
  aiMeshApiRef,
  AiMeshPage,
  aiMeshPlugin,
  EntityAiMeshCard,
  EntityAiMeshContent,
  EntityAiMeshFleetCard,
  EntityAiMeshScorecardCard,
  hasAiMeshFleetCard,
  hasAiMeshTab,
  HomePageAiMeshCard,
  isAiMeshAvailable,
} from '.';
import { answerLikeBackend, entity } from './__testUtils__';

const entityPage = (
  <EntityLayout>
    <EntityLayout.Route path="/" title="Overview">
      <EntitySwitch>
        <EntitySwitch.Case if={isAiMeshAvailable}>
          <EntityAiMeshCard />
          <EntityAiMeshScorecardCard />
        </EntitySwitch.Case>
        <EntitySwitch.Case if={hasAiMeshFleetCard}>
          <EntityAiMeshFleetCard />
        </EntitySwitch.Case>
      </EntitySwitch>
    </EntityLayout.Route>
    <EntityLayout.Route path="/ai-mesh" title="AI Mesh" if={hasAiMeshTab}>
      <EntityAiMeshContent />
    </EntityLayout.Route>
  </EntityLayout>
);

/** What the plugin's own factory makes, over a network that answers like the backend. */
function clientOfPlugin() {
  const [{ factory }] = [...aiMeshPlugin.getApis()];
  return factory({
    discoveryApi: mockApis.discovery(),
    fetchApi: { fetch: answerLikeBackend },
  }) as AiMeshApi;
}

const PAGE = '/catalog/default/component/ai-chat-service';

async function renderEntityPage(at: string, shown: Entity = entity) {
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [aiMeshApiRef, clientOfPlugin()],
        [catalogApiRef, catalogApiMock({ entities: [shown] })],
        [entityPresentationApiRef, DefaultEntityPresentationApi.createLocal()],
        [permissionApiRef, mockApis.permission()],
        [starredEntitiesApiRef, new MockStarredEntitiesApi()],
      ]}
    >
      <FlatRoutes>
        <Route path="/catalog" element={<CatalogIndexPage />} />
        <Route
          path="/catalog/:namespace/:kind/:name"
          element={<CatalogEntityPage />}
        >
          {entityPage}
        </Route>
        <Route path="/ai-mesh" element={<AiMeshPage />} />
        <Route path="/home" element={<HomePageAiMeshCard />} />
      </FlatRoutes>
    </TestApiProvider>,
    { routeEntries: [at] },
  );
}

describe('on an entity page of the legacy frontend system', () => {
  it('shows the tab, and the screens below it', async () => {
    await renderEntityPage(`${PAGE}/ai-mesh`);
    expect(
      await screen.findByRole('button', {
        name: 'Requests per second: 12.4 req/s',
      }),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('link', { name: 'Topology' }));
    expect(
      await screen.findByRole('application', { name: /^Call graph/ }),
    ).toBeVisible();
  });

  it('shows the card, which leads to the tab', async () => {
    await renderEntityPage(PAGE);
    expect(
      await screen.findByRole('button', {
        name: 'Requests per second: 12.4 req/s',
      }),
    ).toBeVisible();
    expect(screen.getByText('1 high')).toBeVisible();
    await userEvent.click(screen.getByRole('link', { name: 'Open AI Mesh' }));
    expect(
      await screen.findByRole('navigation', { name: 'AI Mesh screens' }),
    ).toBeVisible();
  });

  it('shows the scorecard’s card, which leads to the scorecard', async () => {
    await renderEntityPage(PAGE);
    expect(
      await screen.findByRole('region', { name: 'What “Bronze” still lacks' }),
    ).toHaveTextContent('No high findings');
    await userEvent.click(
      screen.getByRole('link', { name: 'Open the scorecard' }),
    );
    expect(
      await screen.findByRole('article', { name: 'No high findings' }),
    ).toBeVisible();
  });

  it('shows on a Group’s page the services that it owns, with their levels', async () => {
    await renderEntityPage('/catalog/default/group/ai-team', {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Group',
      metadata: { name: 'ai-team', namespace: 'default' },
      spec: { type: 'team' },
    });
    const table = await screen.findByRole('table', {
      name: 'Services in the mesh',
    });
    expect(
      within(table).getByRole('row', { name: /ai-chat-service/ }),
    ).toHaveTextContent('Silver');
    expect(
      screen.getByRole('link', { name: /^Open in AI Mesh/ }),
    ).toHaveAttribute('href', '/ai-mesh?owner=group%3Adefault%2Fai-team');
  });

  it('shows on a System’s page the topology of its components', async () => {
    const name = 'assistant';
    await renderEntityPage(`/catalog/default/system/${name}/ai-mesh`, {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'System',
      metadata: { name, namespace: 'default' },
    });
    expect(await screen.findByRole('tab', { name: 'AI Mesh' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    expect(
      await screen.findByRole('application', { name: /^Call graph/ }),
    ).toBeVisible();
    expect(
      screen.queryByRole('navigation', { name: 'AI Mesh screens' }),
    ).not.toBeInTheDocument();
    await userEvent.keyboard('?');
    expect(
      await screen.findByRole('dialog', { name: 'Topology' }),
    ).toHaveTextContent('Arrow keys');
  });

  it('shows neither on an entity without an annotation', async () => {
    await renderEntityPage(PAGE, {
      ...entity,
      metadata: { ...entity.metadata, annotations: {} },
    });
    const tabs = await screen.findByRole('tablist');
    expect(within(tabs).getByText('Overview')).toBeVisible();
    expect(within(tabs).queryByText('AI Mesh')).not.toBeInTheDocument();
    expect(
      screen.queryByRole('link', { name: 'Open AI Mesh' }),
    ).not.toBeInTheDocument();
  });

  it('says to whoever asks for the tab of such an entity which annotations there are', async () => {
    window.history.pushState({}, '', `${PAGE}/ai-mesh/topology`);
    try {
      await renderEntityPage(`${PAGE}/ai-mesh/topology`, {
        ...entity,
        metadata: { ...entity.metadata, annotations: {} },
      });
      expect(await screen.findByText('Missing Annotation')).toBeVisible();
      expect(screen.getByText('ai-mesh.io/service')).toBeVisible();
    } finally {
      window.history.pushState({}, '', '/');
    }
  });
});

describe('in an app of the legacy frontend system', () => {
  it('has a page of all entities, which leads to their own', async () => {
    await renderEntityPage('/ai-mesh');
    expect(
      await screen.findByRole('table', { name: 'Services in the mesh' }),
    ).toBeVisible();
    expect(
      await screen.findByRole('link', { name: /^Canary of/ }),
    ).toHaveAttribute('href', `${PAGE}/ai-mesh/canary/c-1`);
  });

  it('has a card of the reader’s own services for a home page', async () => {
    await renderEntityPage('/home');
    const table = await screen.findByRole('table', {
      name: 'My services in the mesh',
    });
    expect(
      within(table).getByRole('row', { name: /ai-chat-service/ }),
    ).toHaveTextContent('Silver');
    expect(
      screen.getByRole('link', { name: /^Open in AI Mesh/ }),
    ).toHaveAttribute('href', '/ai-mesh?owner=mine');
  });
});
