import { fillLinks } from './fillLinks';

const SCRIPT = 'javascript';

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
  ['https://kiali/{constructor}', []],
])('%s', (url, filled) => {
  expect(
    fillLinks(at(url), {
      namespace: 'ai',
      service: 'chat / a',
      cluster: undefined,
    }).map(link => link.url),
  ).toEqual(filled);
});

it.each([
  ['.', []],
  ['..', []],
  ['\ud800', []],
  ['a\udfffb', []],
  ['...', ['https://kiali/...?by=...']],
  ['../x', ['https://kiali/..%2Fx?by=..%2Fx']],
  ['%2e%2e', ['https://kiali/%252e%252e?by=%252e%252e']],
  [
    `${SCRIPT}:alert(1)`,
    ['https://kiali/javascript%3Aalert(1)?by=javascript%3Aalert(1)'],
  ],
  [
    'a\r\nLocation: x',
    ['https://kiali/a%0D%0ALocation%3A%20x?by=a%0D%0ALocation%3A%20x'],
  ],
  ['a&b=c#d', ['https://kiali/a%26b%3Dc%23d?by=a%26b%3Dc%23d']],
])('leads nowhere else by the name %j', (service, filled) => {
  const links = fillLinks(at('https://kiali/{service}?by={service}'), {
    service,
  });
  expect(links.map(link => link.url)).toEqual(filled);
  for (const { url } of links) {
    expect(new URL(url).pathname.split('/')).toHaveLength(2);
    expect(new URL(url).searchParams.get('by')).toBe(service);
  }
});
