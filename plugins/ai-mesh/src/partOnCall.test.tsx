import { appLanguageApiRef } from '@backstage/frontend-plugin-api';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { partOnCall } from './partOnCall';

const lost = () => Promise.reject(new Error('Loading chunk 7 failed'));

it('gives a part that could be loaded', async () => {
  const Part = await partOnCall(async () => () => <p>The tab</p>);
  await renderInTestApp(<Part />);
  expect(screen.getByText('The tab')).toBeVisible();
});

it.each([
  ['en', 'AI Mesh could not be loaded', 'Reload the page'],
  ['zh', 'AI Mesh 无法加载', '重新加载页面'],
])(
  'says in %s where one could not, and offers to load the page again',
  async (language, title, reload) => {
    const Part = await partOnCall(({ aiMeshTab }) => aiMeshTab(), lost);
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [appLanguageApiRef, { getLanguage: () => ({ language }) } as never],
        ]}
      >
        <Part />
      </TestApiProvider>,
    );
    expect(screen.getByRole('heading', { name: title })).toBeVisible();
    expect(screen.getByText('Loading chunk 7 failed')).toBeVisible();
    expect(screen.getByRole('button', { name: reload })).toBeEnabled();
  },
);
