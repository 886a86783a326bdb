import { startTestApi, TestApi } from '../testing/startTestApi';
import { deployment, service } from '../testing/sampleObjects';

jest.setTimeout(120_000);

describe('a cluster of a thousand services and four thousand pods', () => {
  let test: TestApi;

  beforeAll(async () => {
    const names = Array.from({ length: 1000 }, (_, i) => `app-${i}`);
    test = await startTestApi(
      names.flatMap(name => [service(name), deployment(name, 4)]),
    );
  });

  afterAll(() => test.stop());

  const headers = { Authorization: 'Bearer sandbox-reader' };

  it('lists all pods at once', async () => {
    const response = await fetch(`${test.url}/api/v1/pods`, { headers });
    const list = (await response.json()) as { items: unknown[] };
    expect(list.items).toHaveLength(4000);
  });

  it('tells fifty watches of every change', async () => {
    const aborted = new AbortController();
    const url = `${test.url}/apis/apps/v1/deployments?watch=true&resourceVersion=${test.store.resourceVersion}`;
    const responses = await Promise.all(
      Array.from({ length: 50 }, () =>
        fetch(url, { headers, signal: aborted.signal }),
      ),
    );
    const readers = responses.map(response => response.body!.getReader());
    for (const touched of ['first', 'second', 'third']) {
      const reads = readers.map(reader => reader.read());
      touch(test, touched);
      const events = await Promise.all(reads);
      for (const { value } of events) {
        expect(new TextDecoder().decode(value)).toContain(touched);
      }
    }
    aborted.abort();
  });
});

function touch({ store }: TestApi, touched: string): void {
  const name = { namespace: 'ai-services', name: 'app-1' };
  store.update('apps', 'Deployment', name, draft => {
    draft.metadata.annotations = { ...draft.metadata.annotations, touched };
  });
}
