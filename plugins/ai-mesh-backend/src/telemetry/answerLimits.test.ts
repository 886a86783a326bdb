import { ofWholeMesh } from './answerLimits';

it.each([
  [100, 8],
  [15_000, 10],
  [100_000, 62],
])(
  'of a mesh of up to %i series an answer may weigh %i MB',
  (series, megabytes) => {
    expect(ofWholeMesh(series).mostBytes).toBe(megabytes * 1024 * 1024);
  },
);
