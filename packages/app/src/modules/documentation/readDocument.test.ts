import { addressOf, nameOf, picturesIn } from './readDocument';

it.each([
  ['', 'index'],
  ['topology/', 'topology'],
  ['decisions/README', 'decisions/README'],
])('takes %j below the root for the page %s', (path, name) => {
  expect(nameOf(path)).toBe(name);
});

it.each([
  ['topology.md', 'index', '/docs/ai-mesh/topology/'],
  ['canary.md#gates', 'slos', '/docs/ai-mesh/canary/#gates'],
  ['index.md', 'slos', '/docs/ai-mesh/'],
  ['../canary.md', 'decisions/README', '/docs/ai-mesh/canary/'],
  ['https://istio.io/x.md', 'index', 'https://istio.io/x.md'],
  ['#overview', 'index', '#overview'],
])('leads from the link %s of %s to %s', (link, from, address) => {
  expect(addressOf(link, from)).toBe(address);
});

it('finds pictures that are pixels and those that are drawn', () => {
  expect(
    picturesIn(
      '![Parts](images/architecture.svg) ![All](images/fleet-dark.png) [text](images/a.txt)',
    ),
  ).toEqual(['architecture.svg', 'fleet-dark.png']);
});
