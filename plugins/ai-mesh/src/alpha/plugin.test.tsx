import type { Entity } from '@backstage/catalog-model';
import {
  createExtensionInput,
  createFrontendPlugin,
  createRouteRef,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { homePageWidgetDataRef } from '@backstage/plugin-home-react/alpha';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import aiMeshPlugin from '.';
import { answerLikeBackend, entity } from '../__testUtils__';

/** Addresses that the backend was asked at. */
const asked: string[] = [];

const PAGE = '/catalog/default/component/ai-chat-service';

/** A home page as Backstage's own plugin has it, without the layout. */
const homePlugin = createFrontendPlugin({
  pluginId: 'home',
  extensions: [
    PageBlueprint.makeWithOverrides({
      inputs: { widgets: createExtensionInput([homePageWidgetDataRef]) },
      factory: (page, { inputs }) =>
        page({
          path: '/home',
          title: 'Home',
          noHeader: true,
          routeRef: createRouteRef(),
          loader: async () => (
            <>
              {inputs.widgets.map(
                widget => widget.get(homePageWidgetDataRef).component,
              )}
            </>
          ),
        }),
    }),
  ],
});

function renderEntityPage(at: string, shown: Entity = entity, language = 'en') {
  renderTestApp({
    config: {
      backend: { baseUrl: 'http://localhost:7007' },
      app: {
        baseUrl: 'http://localhost:3000',
        extensions: [
          {
            'api:app/app-language': {
              config: {
                availableLanguages: ['en', 'zh', 'zh-CN'],
                defaultLanguage: language,
              },
            },
          },
        ],
      },
    },
    features: [catalogPlugin, homePlugin, aiMeshPlugin],
    initialRouteEntries: [at],
    apis: [
      [catalogApiRef, catalogApiMock({ entities: [shown] })],
      [
        fetchApiRef,
        {
          fetch: (input: RequestInfo | URL) => {
            asked.push(String(input instanceof Request ? input.url : input));
            return answerLikeBackend(input);
          },
        },
      ],
      [discoveryApiRef, mockApis.discovery()],
    ],
  });
}

describe('on an entity page of the new frontend system', () => {
  // The portal remembers the language that was chosen.
  beforeEach(() => localStorage.clear());

  it('shows the tab, and the screens below it', async () => {
    renderEntityPage(`${PAGE}/ai-mesh`);
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
    renderEntityPage(PAGE);
    expect(
      await screen.findByRole('button', {
        name: 'Requests per second: 12.4 req/s',
      }),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('link', { name: 'Open AI Mesh' }));
    expect(
      await screen.findByRole('navigation', { name: 'AI Mesh screens' }),
    ).toBeVisible();
  });

  it('shows the scorecard’s card, which leads to the scorecard', async () => {
    renderEntityPage(PAGE);
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

  it.each<[string, string, string]>([
    ['Group', 'ai-team', 'owner=group%3Adefault%2Fai-team'],
    ['System', 'assistant', 'system=system%3Adefault%2Fassistant'],
  ])(
    'shows on a %s’s page the services of it, with their levels',
    async (kind, name, query) => {
      renderEntityPage(`/catalog/default/${kind.toLowerCase()}/${name}`, {
        apiVersion: 'backstage.io/v1alpha1',
        kind,
        metadata: { name, namespace: 'default' },
        spec: { type: 'team' },
      });
      const table = await screen.findByRole('table', {
        name: 'Services in the mesh',
      });
      expect(
        within(table).getByRole('row', { name: /ai-chat-service/ }),
      ).toHaveTextContent('Silver');
      expect(
        within(table).getByRole('row', { name: /quiet/ }),
      ).toHaveTextContent('Not known: between');
      expect(
        screen.getByRole('link', { name: /^Open in AI Mesh/ }),
      ).toHaveAttribute('href', `/ai-mesh?${query}`);
      expect(asked.some(url => url.includes(query))).toBe(true);
    },
  );

  it('shows on a System’s page the topology of its components and their direct neighbours', async () => {
    renderEntityPage('/catalog/default/system/assistant/ai-mesh', {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'System',
      metadata: { name: 'assistant', namespace: 'default' },
    });
    expect(
      await screen.findByRole('application', { name: /^Call graph/ }),
    ).toBeVisible();
    expect(
      asked.some(url =>
        /entities\/system\/default\/assistant\/topology\?.*depth=1/.test(url),
      ),
    ).toBe(true);
  });

  it('shows neither on an entity without an annotation', async () => {
    renderEntityPage(PAGE, {
      ...entity,
      metadata: { ...entity.metadata, annotations: {} },
    });
    expect(await screen.findByText('About')).toBeVisible();
    // Only the menu's way to the page of all entities.
    const [menu, ...more] = screen.getAllByText('AI Mesh');
    expect(menu.closest('a')).toHaveAttribute('href', '/ai-mesh');
    expect(more).toEqual([]);
    expect(screen.queryByRole('link', { name: 'Open AI Mesh' })).toBeNull();
  });

  it('says to whoever asks for the tab of such an entity which annotations there are', async () => {
    window.history.pushState({}, '', `${PAGE}/ai-mesh/topology`);
    try {
      renderEntityPage(`${PAGE}/ai-mesh/topology`, {
        ...entity,
        metadata: { ...entity.metadata, annotations: {} },
      });
      expect(await screen.findByText('Missing Annotation')).toBeVisible();
      expect(screen.getByText('ai-mesh.io/service')).toBeVisible();
    } finally {
      window.history.pushState({}, '', '/');
    }
  });

  it.each(['zh', 'zh-CN'])(
    'speaks Simplified Chinese where the portal’s language is %s',
    async language => {
      renderEntityPage(`${PAGE}/ai-mesh`, entity, language);
      expect(await screen.findByRole('link', { name: '拓扑' })).toBeVisible();
      expect(
        await screen.findByRole('button', { name: '每秒请求数: 12.4 次/秒' }),
      ).toBeVisible();
      expect(
        screen.getByText('最近 5 分钟内，3,720 个请求中有 0.4% 失败。'),
      ).toBeVisible();
    },
  );
});

describe('in an app of the new frontend system', () => {
  beforeEach(() => localStorage.clear());

  it('has a page of all entities, and on it the contested Services', async () => {
    renderEntityPage('/ai-mesh');
    expect(
      await screen.findByRole('table', { name: 'Services in the mesh' }),
    ).toBeVisible();
    expect(
      await screen.findByRole('region', { name: 'A canary waits for you' }),
    ).toBeVisible();
    await userEvent.click(
      screen.getByRole('link', { name: 'Contested Services' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'The list could not be had' }),
    ).toBeVisible();
  });

  it.each([
    ['en', 'My services in the mesh', 'Open in AI Mesh', 'Silver'],
    ['zh', '我在网格中的服务', '在 AI Mesh 中打开', '银级'],
  ])(
    'puts the reader’s own services onto the home page, in the language %s',
    async (language, title, link, level) => {
      renderEntityPage('/home', entity, language);
      const table = await screen.findByRole('table', { name: title });
      expect(
        within(table).getByRole('row', { name: /ai-chat-service/ }),
      ).toHaveTextContent(level);
      // One frame, and not one in another.
      expect(screen.getAllByText(title)).toHaveLength(1);
      expect(
        screen.getByRole('link', { name: new RegExp(`^${link}`) }),
      ).toHaveAttribute('href', '/ai-mesh?owner=mine');
    },
  );
});
