import { inNode } from './__testUtils__/inNode';

/** What is said of a manifest where Backstage's oldest release has config 1.3.8. */
function excludedBy(manifest: object): string[] {
  return inNode(
    'excludedVersions',
    `script.excludedBy(${JSON.stringify({ name: 'ours', ...manifest })}, { '@backstage/config': '1.3.8' })`,
  );
}

describe('ranges that leave out what the oldest Backstage has', () => {
  it.each(['^1.3.9', '~1.4.0', '1.3.9', '^2.0.0', '>=1.3.9'])(
    'names %s',
    range => {
      const said = [`ours: @backstage/config ${range} excludes 1.3.8`];
      for (const kind of [
        'dependencies',
        'peerDependencies',
        'optionalDependencies',
      ]) {
        expect(excludedBy({ [kind]: { '@backstage/config': range } })).toEqual(
          said,
        );
      }
    },
  );

  it.each(['^1.3.8', '^1.3.0', '^1.2.0 || ^2.0.0', '1.3.8', 'workspace:^'])(
    'is content with %s',
    range => {
      expect(
        excludedBy({ dependencies: { '@backstage/config': range } }),
      ).toEqual([]);
    },
  );

  it('asks nothing of what a package is developed with, nor of what Backstage does not bring', () => {
    expect(
      excludedBy({
        devDependencies: { '@backstage/config': '^1.3.9' },
        dependencies: { zod: '^4.6.7' },
      }),
    ).toEqual([]);
  });

  it('finds none in the packages', () => {
    expect(
      inNode(
        'backstageReleases',
        `(await import('./scripts/lib/excludedVersions.mjs')).excludedVersions('.', script.backstageRelease('oldest').pins())`,
      ),
    ).toEqual([]);
  });
});
