import { clientOf } from '../prometheus/__testUtils__/clientOf';
import {
  growing,
  scraped,
  type Sample,
} from '../prometheus/__testUtils__/scraped';
import {
  describeWithPrometheus,
  startPrometheus,
} from '../prometheus/__testUtils__/startPrometheus';
import { tcpAndLatelyQuery } from './neighbourhoodQueries';
import {
  LATELY_METRIC,
  REFUSED_METRIC,
  TCP_METRIC_LABEL,
  THROUGH_METRIC,
} from './trafficExpressions';

jest.setTimeout(60_000);

const last = Math.floor(Date.now() / 1000) - 10;

/** Calls of the chat service that one proxy has counted, with one answer. */
function calls(code: string, sample: Sample, instance = 'one') {
  return {
    series: `istio_requests_total{job="mesh",instance="${instance}",reporter="source",source_workload="web",source_workload_namespace="ai",destination_service_name="chat",destination_service_namespace="ai",response_code="${code}"}`,
    sample,
  };
}

const question = tcpAndLatelyQuery(
  { to: [{ namespace: 'ai', name: 'chat' }], from: [] },
  300,
)!;

/** Failed calls in the last minute; undefined where it is not told. */
async function failedLately(
  ...all: ReturnType<typeof calls>[]
): Promise<number | undefined> {
  const prometheus = await startPrometheus(scraped(all, last));
  try {
    const { samples } = await clientOf(prometheus).query(question, {
      at: new Date(last * 1000),
    });
    const failed = samples.find(
      ({ labels }) =>
        labels[TCP_METRIC_LABEL] === LATELY_METRIC &&
        labels.response_code === '503',
    );
    return failed && failed.value * 60;
  } finally {
    await prometheus.stop();
  }
}

const well = calls('200', growing(10));
/** So many since so long ago, and no more. */
const since =
  (secondsAgo: number, count: number): Sample =>
  ago =>
    ago <= secondsAgo ? count : undefined;

describeWithPrometheus('what is asked of the last minute', () => {
  it.each([
    ['as soon as they are scraped', 0],
    ['and however often they were scraped since', 30],
  ])('counts the first failures of a kind, %s', async (_, secondsAgo) => {
    expect(
      await failedLately(well, calls('503', since(secondsAgo, 27))),
    ).toBeCloseTo(27);
  });

  it('adds them to what others count', async () => {
    expect(
      await failedLately(
        well,
        calls('200', growing(10), 'two'),
        calls('503', since(0, 27)),
        calls('503', growing(1), 'two'),
      ),
    ).toBeCloseTo(27 + 12);
  });

  const away: [string, Sample, Sample][] = [
    ['is new', since(10, 5000), since(10, 5000)],
    [
      'was not scraped for a while',
      ago => (ago > 400 ? 4900 : since(10, 5000)(ago)),
      ago => (ago > 400 ? 900 : since(10, 1000)(ago)),
    ],
  ];
  it.each(away)(
    'takes nothing for new of a proxy that %s',
    async (_, answered, failed) => {
      expect(
        await failedLately(
          well,
          calls('503', growing(1)),
          calls('200', answered, 'two'),
          calls('503', failed, 'two'),
        ),
      ).toBeCloseTo(12);
    },
  );

  it('takes nothing for new that was missing for a while', async () => {
    expect(
      await failedLately(
        well,
        calls('503', ago => (ago > 200 ? 900 : since(10, 900)(ago))),
      ),
    ).toBe(0);
  });

  it('tells no failures where it does not tell what went well, as where a scrape is once a minute', async () => {
    expect(
      await failedLately(
        calls('200', ago => (ago % 60 === 30 ? growing(10)(ago) : undefined)),
        calls('503', since(0, 27)),
      ),
    ).toBeUndefined();
  });
});

/** What a ztunnel counts of the connections of a caller to the chat service. */
function connections(
  metric: string,
  sample: Sample,
  { from = 'web', flags = '-' } = {},
) {
  return {
    series: `istio_tcp_${metric}_total{job="mesh",instance="one",reporter="source",source_workload="${from}",source_workload_namespace="ai",destination_service_name="chat",destination_service_namespace="ai",response_flags="${flags}"}`,
    sample,
  };
}

/** Of whose calls connections failed, with how many in the last minute, and whose got through. */
async function connectionsLately(
  ...all: ReturnType<typeof connections>[]
): Promise<{ refused: Record<string, number>; through: string[] }> {
  const prometheus = await startPrometheus(scraped(all, last));
  try {
    const { samples } = await clientOf(prometheus).query(question, {
      at: new Date(last * 1000),
    });
    const of = (metric: string) =>
      samples.filter(({ labels }) => labels[TCP_METRIC_LABEL] === metric);
    return {
      refused: Object.fromEntries(
        of(REFUSED_METRIC).map(({ labels, value }) => [
          labels.source_workload,
          Math.round(value * 60),
        ]),
      ),
      through: of(THROUGH_METRIC).map(({ labels }) => labels.source_workload),
    };
  } finally {
    await prometheus.stop();
  }
}

describeWithPrometheus('what is asked of connections that fail', () => {
  const opened = connections('connections_opened', growing(10));
  const failing = connections('connections_closed', growing(10), {
    flags: 'CONNECT',
  });
  /** Grows until so long ago. */
  const until =
    (secondsAgo: number): Sample =>
    ago =>
      growing(10)(Math.max(ago, secondsAgo));
  const bytes = (secondsAgo: number, from = 'web') =>
    connections('received_bytes', until(secondsAgo), { from });

  it('tells them, and that nothing has gone through for half a minute', async () => {
    expect(await connectionsLately(opened, failing, bytes(30))).toEqual({
      refused: { web: 120 },
      through: [],
    });
  });

  it.each([
    ['its own bytes go through', [bytes(25)], ['web']],
    ['somebody else’s do', [bytes(30), bytes(0, 'app')], ['app']],
    [
      'a series of bytes is new',
      [connections('sent_bytes', ago => (ago > 20 ? undefined : 500))],
      ['web'],
    ],
    [
      'what counts them has begun anew',
      [connections('sent_bytes', ago => (ago > 20 ? 500_000 : 3))],
      ['web'],
    ],
  ])('tells who gets through where %s', async (_, more, through) => {
    expect((await connectionsLately(opened, failing, ...more)).through).toEqual(
      through,
    );
  });

  it.each([
    [
      'they have failed no more for half a minute',
      [
        opened,
        connections('connections_closed', until(30), { flags: 'CONNECT' }),
      ],
    ],
    ['none was tried', [failing]],
    [
      'they ended well',
      [opened, connections('connections_closed', growing(9))],
    ],
    [
      'a scrape is once a minute',
      [opened, failing].map(({ series, sample }) => ({
        series,
        sample: (ago: number) => (ago % 60 === 20 ? sample(ago) : undefined),
      })),
    ],
  ])('tells nothing where %s', async (_, all) => {
    expect(await connectionsLately(...all, bytes(0))).toEqual({
      refused: {},
      through: [],
    });
  });
});
