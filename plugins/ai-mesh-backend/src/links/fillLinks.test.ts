import { fillLinks } from './fillLinks';

const at = (url: string) => [{ title: 'There', url }];

it.each([
  ['https://kiali/{namespace}/{service}', ['https://kiali/ai/chat%20%2F%20a']],
  [
    'https://kiali/{service}?again={service}',
    ['https://kiali/chat%20%2F%20a?again=chat%20%2F%20a'],
  ],
  ['/plain', ['/plain']],
  ['https://kiali/{cluster}/{service}', []],
  ['https://kiali/{unheardOf}', []],
])('%s', (url, filled) => {
  expect(
    fillLinks(at(url), {
      namespace: 'ai',
      service: 'chat / a',
      cluster: undefined,
    }).map(link => link.url),
  ).toEqual(filled);
});
