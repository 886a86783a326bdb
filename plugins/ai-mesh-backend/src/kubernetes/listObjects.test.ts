import { StubApi } from './__testUtils__/StubApi';
import { KubernetesError } from './KubernetesApi';
import { listObjects } from './listObjects';
import { verbatim } from '../worded';

const { signal } = new AbortController();
const asIs = (item: unknown) => item;
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
    expect(await listObjects(api, '/pods', signal, asIs)).toEqual({
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
    expect((await listObjects(api, '/pods', signal, asIs)).items).toEqual([]);
  });

  it('gives no half of a list', async () => {
    const gone = new KubernetesError('gone', verbatim('too old'), 410);
    const api = new StubApi({
      '/pods': (query: Record<string, string>) =>
        query.continue ? gone : page([1], 'a'),
    });
    await expect(listObjects(api, '/pods', signal, asIs)).rejects.toBe(gone);
  });

  it('does not take something else for a list', async () => {
    const api = new StubApi({ '/pods': { kind: 'Status' } });
    await expect(listObjects(api, '/pods', signal, asIs)).rejects.toThrow(
      'something that is not a list',
    );
  });

  const tooLarge = new KubernetesError(
    'too-large',
    verbatim('larger than 4 MB'),
  );

  it('asks again for fewer objects where a page is too large', async () => {
    const api = new StubApi({
      '/pods': ({ limit, continue: at }: Record<string, string>) => {
        if (Number(limit) > 63) {
          return tooLarge;
        }
        return at ? page([2]) : page([1], 'a');
      },
    });
    expect((await listObjects(api, '/pods', signal, asIs)).items).toEqual([
      1, 2,
    ]);
    expect(api.requests.map(({ query }) => query.limit)).toEqual([
      '500',
      '63',
      '63',
    ]);
  });

  it('gives up an object that is too large by itself', async () => {
    const api = new StubApi({ '/pods': tooLarge });
    await expect(listObjects(api, '/pods', signal, asIs)).rejects.toBe(
      tooLarge,
    );
    expect(api.requests.map(({ query }) => query.limit)).toEqual([
      '500',
      '63',
      '8',
      '1',
    ]);
  });

  it('reads no more than 200,000 objects', async () => {
    const many = Array(10_000).fill(1);
    const api = new StubApi({ '/pods': page(many, 'more') });
    await expect(listObjects(api, '/pods', signal, asIs)).rejects.toThrow(
      'more than 200000',
    );
  });
});
