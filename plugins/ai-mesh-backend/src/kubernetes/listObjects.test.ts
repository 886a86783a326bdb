import { StubApi } from './__testUtils__/StubApi';
import { KubernetesError } from './KubernetesApi';
import { listObjects } from './listObjects';

const { signal } = new AbortController();
const page = (items: unknown, next?: string) => ({
  metadata: { resourceVersion: '7', continue: next },
  items,
});

describe('listObjects', () => {
  it('reads page after page', async () => {
    const api = new StubApi({
      '/pods': (query: Record<string, string>) =>
        ({ a: page([3], 'b'), b: page([4]) })[query.continue] ??
        page([1, 2], 'a'),
    });
    expect(await listObjects(api, '/pods', signal)).toEqual({
      items: [1, 2, 3, 4],
      resourceVersion: '7',
    });
    expect(api.requests.map(({ query }) => query)).toEqual([
      { limit: '500' },
      { limit: '500', continue: 'a' },
      { limit: '500', continue: 'b' },
    ]);
  });

  it('reads an empty list that Go wrote', async () => {
    const api = new StubApi({ '/pods': page(null) });
    expect((await listObjects(api, '/pods', signal)).items).toEqual([]);
  });

  it('gives no half of a list', async () => {
    const gone = new KubernetesError('gone', 'too old', 410);
    const api = new StubApi({
      '/pods': (query: Record<string, string>) =>
        query.continue ? gone : page([1], 'a'),
    });
    await expect(listObjects(api, '/pods', signal)).rejects.toBe(gone);
  });

  it('does not take something else for a list', async () => {
    const api = new StubApi({ '/pods': { kind: 'Status' } });
    await expect(listObjects(api, '/pods', signal)).rejects.toThrow(
      'something that is not a list',
    );
  });
});
