import type { AiMeshSearchDocument } from '@ai-mesh/plugin-ai-mesh-common';
import { createExtensionTester } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { SearchResultListItemExtensions } from '@backstage/plugin-search-react';
import { SearchResultListItemBlueprint } from '@backstage/plugin-search-react/alpha';
import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import { AiMeshSearchResultListItem } from '../../plugin';
import aiMeshPlugin from '../../alpha';

const chat: AiMeshSearchDocument = {
  title: 'Chat service',
  text: 'component:default/chat AIM103 swift level silver',
  location: '/catalog/default/component/chat/ai-mesh',
  authorization: { resourceRef: 'component:default/chat' },
  entityRef: 'component:default/chat',
  owners: ['group:default/ai-team'],
  level: 'silver',
  levelTitle: 'Silver',
  findingCodes: ['AIM103', 'AIM401'],
  models: ['swift', 'deep'],
};

const mountedRoutes = {
  '/catalog/:namespace/:kind/:name': entityRouteRef,
};

async function renderResult(document: AiMeshSearchDocument) {
  const { container } = await renderInTestApp(
    <SearchResultListItemExtensions
      results={[
        { type: 'ai-mesh', document },
        {
          type: 'techdocs',
          document: {
            title: 'A document',
            text: 'About it',
            location: '/docs',
          },
        },
      ]}
    >
      <AiMeshSearchResultListItem />
    </SearchResultListItemExtensions>,
    { mountedRoutes },
  );
  return container;
}

describe('a service among the results of a search', () => {
  it('says in an app of the legacy frontend system what it was found by, and leads to its page', async () => {
    const container = await renderResult(chat);
    expect(
      await screen.findByRole('link', { name: 'Chat service' }),
    ).toHaveAttribute('href', chat.location);
    expect(
      screen.getByText(
        'Level: Silver · Findings: AIM103, AIM401 · Models: swift, deep',
      ),
    ).toBeVisible();
    expect(screen.getByText('About it')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it.each<[string, Partial<AiMeshSearchDocument>, string]>([
    ['an unknown level as that', { level: undefined }, 'Level: unknown'],
    [
      'that no level is reached',
      { level: 'none', levelTitle: undefined },
      'Level: None yet',
    ],
    [
      'a level of its own by its title',
      { level: 'top', levelTitle: 'Exemplary' },
      'Level: Exemplary',
    ],
  ])('says %s', async (_, change, words) => {
    await renderResult({ ...chat, findingCodes: [], models: [], ...change });
    expect(await screen.findByText(words)).toBeVisible();
  });

  it('has that look in an app of the new frontend system, too, and no other result has', () => {
    const { predicate } = createExtensionTester(
      aiMeshPlugin.getExtension('search-result-list-item:ai-mesh'),
    ).get(SearchResultListItemBlueprint.dataRefs.item);
    const result = (type: string) => ({ type, document: chat });
    expect(predicate?.(result('ai-mesh'))).toBe(true);
    expect(predicate?.(result('software-catalog'))).toBe(false);
  });
});
