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
import { LATELY_METRIC, TCP_METRIC_LABEL } from './trafficExpressions';

jest.setTimeout(60_000);

const last = Math.floor(Date.now() / 1000) - 10;

/** Calls of the chat service that one proxy has counted, with one answer. */
function calls(code: string, sample: Sample, instance = 'one') {
  return {
    series: `istio_requests_total{job="mesh",instance="${instance}",reporter="source",source_workload="web",source_workload_namespace="ai",destination_service_name="chat",destination_service_namespace="ai",response_code="${code}"}`,
    sample,
  };
}

/** Failed calls in the last minute; undefined where it is not told. */
async function failedLately(
  ...all: ReturnType<typeof calls>[]
): Promise<number | undefined> {
  const prometheus = await startPrometheus(scraped(all, last));
  try {
    const { samples } = await clientOf(prometheus).query(
      tcpAndLatelyQuery(
        { to: [{ namespace: 'ai', name: 'chat' }], from: [] },
        300,
      )!,
      { at: new Date(last * 1000) },
    );
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
