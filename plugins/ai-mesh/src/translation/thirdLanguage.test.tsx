import { said, wording } from '@ai-mesh/plugin-ai-mesh-common';
import { appLanguageApiRef, errorApiRef } from '@backstage/frontend-plugin-api';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { Suspense } from 'react';
import { gateTitle } from '../components/Canary/gates/gateName';
import { documentationPage } from '../components/Guide/useDocumentation';
import { Said } from '../components/Marks';
import { NotLoaded } from '../NotLoaded';
import { aiMeshTranslationRef, useAiMeshTranslation } from '.';

/** A third language is a line of the registry: everything else below is the plugin as it is. */
jest.mock('@ai-mesh/plugin-ai-mesh-common/screens', () => {
  const actual = jest.requireActual('@ai-mesh/plugin-ai-mesh-common/screens');
  const { english, findingTextsEn, factTextsEn, checkTextsEn } =
    jest.requireActual('@ai-mesh/plugin-ai-mesh-common');
  const esperanto = {
    names: ['eo'],
    notLoaded: { title: 'Ne ŝargita', body: 'Reprovu.', reload: 'Reŝargi' },
    pages: { 'slos/': 'slos.eo/' },
    load: async () => ({
      default: {},
      catalogue: {
        sentences: {
          ...english,
          key: 'eo',
          texts: { ...english.texts, 'export.silent': 'Neniu raportas ĝin.' },
        },
        findings: findingTextsEn,
        facts: factTextsEn,
        checks: checkTextsEn,
      },
    }),
  };
  Object.assign(actual.languages, { eo: esperanto });
  return actual;
});

const api = (language: string) =>
  [appLanguageApiRef, { getLanguage: () => ({ language }) } as never] as const;

function Sentence() {
  useAiMeshTranslation();
  return <Said of={said(wording('export.silent'))} />;
}

it('is loaded where it is chosen, and says what the backend says', async () => {
  const post = jest.fn();
  await renderInTestApp(
    <TestApiProvider apis={[api('eo'), [errorApiRef, { post } as never]]}>
      <Suspense fallback="waits">
        <Sentence />
      </Suspense>
    </TestApiProvider>,
  );
  expect(await screen.findByText('Neniu raportas ĝin.')).toBeVisible();
  expect(post).not.toHaveBeenCalled();
});

it('is one that Backstage finds among the plugin’s translations', () => {
  const { getDefaultResource } = aiMeshTranslationRef as never as {
    getDefaultResource(): { resources: { language: string }[] };
  };
  expect(
    getDefaultResource
      .call(aiMeshTranslationRef)
      .resources.map(({ language }) => language),
  ).toEqual(['zh', 'zh-CN', 'eo']);
});

it('says that the plugin could not be loaded', async () => {
  await renderInTestApp(
    <TestApiProvider apis={[api('eo')]}>
      <NotLoaded error={new Error('lost')} />
    </TestApiProvider>,
  );
  expect(screen.getByRole('heading', { name: 'Ne ŝargita' })).toBeVisible();
});

it.each(['eo', 'eo-EO'])('has its titles and pages, as %s', language => {
  expect(gateTitle({ en: 'Votes', eo: 'Voĉoj', zh: '票' }, language)).toBe(
    'Voĉoj',
  );
  expect(gateTitle({ en: 'Votes', zh: '票' }, language)).toBe('Votes');
  expect(documentationPage('slos', language)).toBe('slos.eo/');
  expect(documentationPage('canary', language)).toBe('canary/');
});
