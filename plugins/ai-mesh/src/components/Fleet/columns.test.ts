import { nameOfRef, shownAt } from './columns';

const always = ['health', 'rate', 'errors', 'p95', 'canary', 'findings'];

it.each([
  [1024, []],
  [1279, []],
  [1280, ['level']],
  [1440, ['level', 'mtls']],
  [1600, ['level', 'mtls', 'owner', 'trend']],
  [1919, ['level', 'mtls', 'owner', 'trend']],
  [1920, ['level', 'mtls', 'owner', 'trend', 'budget', 'models']],
  [
    2240,
    ['level', 'mtls', 'owner', 'trend', 'budget', 'models', 'burn', 'cost'],
  ],
])('shows at %d pixels what there is room for', (width, more) => {
  expect([...shownAt(width)].sort()).toEqual([...always, ...more].sort());
});

it.each([
  ['group:default/ai-team', 'ai-team'],
  ['group:shop/web', 'shop/web'],
  ['ada', 'ada'],
  ['a:b:c/d', 'a:b:c/d'],
])('calls owners as the catalog’s lists do: %s', (ref, name) => {
  expect(nameOfRef(ref)).toBe(name);
});
