import { said, wording } from '@ai-mesh/plugin-ai-mesh-common';
import { appLanguageApiRef } from '@backstage/frontend-plugin-api';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { Suspense } from 'react';
import { textSaid } from '../components/Figures';
import { Said } from '../components/Marks';
import { useAiMeshTranslation } from '.';

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
