import { said, wording } from '@ai-mesh/plugin-ai-mesh-common';
import { appLanguageApiRef } from '@backstage/frontend-plugin-api';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { Suspense } from 'react';
import { textSaid } from '../components/Figures';
import { Said } from '../components/Marks';
import { type Translate, useAiMeshTranslation } from '.';

const silent = said(wording('export.silent'));

function Sentence() {
  const { t } = useAiMeshTranslation();
  return <p>{textSaid(silent, t)}</p>;
}

it('says in the chosen language what the backend says, where the texts are a portal’s own', async () => {
  const language = {
    getAvailableLanguages: () => ({ languages: ['en', 'zh'] }),
    getLanguage: () => ({ language: 'zh' }),
  };
  // The plugin's Chinese texts are loaded by nobody: the translations here are the test app's.
  await renderInTestApp(
    <TestApiProvider apis={[[appLanguageApiRef, language as never]]}>
      <Suspense fallback="waits">
        <Sentence />
        <Said of={silent} />
      </Suspense>
    </TestApiProvider>,
  );
  expect(await screen.findAllByText('两个版本都没有请求上报它。')).toHaveLength(
    2,
  );
});

it('asks, where it is compiled, for what a text has to be told', () => {
  const t: Translate = Object.assign((key: string) => key as never, {
    language: 'en',
  });
  t('models.usesOf', { model: 'm' }) satisfies string;
  t('models.usesOf', { model: <b>m</b> }) satisfies JSX.Element;
  t('models.show', { model: 'm', count: 2 });
  // @ts-expect-error
  t('models.usesOf');
  // @ts-expect-error
  t('models.usesOf', { modal: 'm' });
  // @ts-expect-error
  t('models.show', { model: 'm' });
  // @ts-expect-error
  t('models.show_one', { model: 'm', count: 1 });
  // @ts-expect-error
  t('models.of', {});
  expect(t.language).toBe('en');
});
