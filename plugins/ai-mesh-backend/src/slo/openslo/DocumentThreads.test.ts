import { readSloSettings } from '../../config/readSloSettings';
import { sloDocuments } from '../../__testUtils__/attackDocuments';
import { DocumentThreads } from './DocumentThreads';

describe('DocumentThreads', () => {
  const threads = new DocumentThreads();
  const { limits } = readSloSettings({});

  afterAll(() => threads.stop());

  const read = (text: string, seconds: number) =>
    threads.read({
      text,
      source: { name: 'slos.yaml' },
      limits: { ...limits, seconds },
    });

  it('gives up what takes too long, and reads the next file', async () => {
    const late = await read(sloDocuments(200), 0.001);
    expect(late).toEqual({
      objectives: [],
      problems: [
        {
          source: 'slos.yaml',
          message: expect.stringContaining('took more than 0.001 s'),
          words: [{ key: 'openslo.late', params: { seconds: 0.001 } }],
        },
      ],
    });
    const next = await read(sloDocuments(2), 60);
    expect(next.objectives).toHaveLength(2);
    expect(next.problems).toEqual([]);
  });

  it('reads many at once, each for its own entity', async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, n) => read(sloDocuments(n + 1), 60)),
    );
    expect(all.map(({ objectives }) => objectives.length)).toEqual(
      Array.from({ length: 20 }, (_, n) => n + 1),
    );
  });
});
