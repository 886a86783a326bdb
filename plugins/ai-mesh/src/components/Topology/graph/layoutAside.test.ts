import { layoutGraph, type Structure } from './layoutGraph';

const structure: Structure = {
  nodes: ['a', 'b'].map(id => ({ id, width: 204, height: 80 })),
  edges: [{ id: 'a>b', source: 'a', target: 'b' }],
};

/** A thread that answers, or that the portal's content policy refuses. */
class FakeWorker {
  onmessage?: (event: { data: unknown }) => void;
  onerror?: () => void;
  static started = 0;

  constructor(readonly refused: boolean) {
    FakeWorker.started += 1;
  }

  postMessage({ id, structure: of }: { id: number; structure: Structure }) {
    setTimeout(() =>
      this.refused
        ? this.onerror?.()
        : this.onmessage?.({ data: { id, layout: layoutGraph(of) } }),
    );
  }

  terminate() {}
}

function withWorker(start: (() => unknown) | undefined) {
  const { layoutAside } = isolated(start);
  return layoutAside;
}

function isolated(start: (() => unknown) | undefined) {
  let module!: typeof import('./layoutAside');
  jest.isolateModules(() => {
    jest.doMock('./startLayoutWorker', () => ({ startLayoutWorker: start }));
    Object.assign(globalThis, { Worker: start && FakeWorker });
    module = require('./layoutAside');
  });
  return module;
}

describe('layoutAside', () => {
  it('lays out on one thread, whatever comes first', async () => {
    FakeWorker.started = 0;
    const layoutAside = withWorker(() => new FakeWorker(false));
    const other = { ...structure, edges: [] };
    expect(
      await Promise.all([layoutAside(structure), layoutAside(other)]),
    ).toEqual([layoutGraph(structure), layoutGraph(other)]);
    expect(FakeWorker.started).toBe(1);
  });

  it.each([
    ['there are no threads', undefined],
    [
      'a thread may not be started',
      () => {
        throw new Error('Refused to create a worker');
      },
    ],
    ['the code of a thread may not be loaded', () => new FakeWorker(true)],
  ])('lays out by itself where %s', async (_, start) => {
    const layoutAside = withWorker(start);
    expect(await layoutAside(structure)).toEqual(layoutGraph(structure));
    expect(await layoutAside(structure)).toEqual(layoutGraph(structure));
  });
});
