import { shownAt } from './columns';

const always = ['health', 'rate', 'errors', 'p95', 'canary', 'findings'];

it.each([
  [1024, []],
  [1279, []],
  [1280, ['level']],
  [1440, ['level', 'mtls']],
  [1600, ['level', 'mtls', 'owner', 'trend']],
])('shows at %d pixels what there is room for', (width, more) => {
  expect([...shownAt(width)].sort()).toEqual([...always, ...more].sort());
});
