import { snapshotOf } from '../kubernetes/__testUtils__/snapshotOf';
import { clientOf } from '../prometheus/__testUtils__/clientOf';
import {
  describeWithPrometheus,
  startPrometheus,
  type RealPrometheus,
} from '../prometheus/__testUtils__/startPrometheus';
import { clusterTargetOf, targetOf } from '../target/__testUtils__/targetOf';
import { silencesAt } from './silencesAt';

jest.setTimeout(60_000);

const MINUTE_MS = 60_000;
const now = new Date(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS);
const minutesAgo = (minutes: number) =>
  new Date(now.getTime() - minutes * MINUTE_MS);

/** Scraped once a minute for 26 hours, but for ten minutes a day ago. */
const scraped = Array.from({ length: 26 * 60 }, (_, index) => 26 * 60 - index)
  .filter(ago => ago > 1445 || ago <= 1435)
  .map(
    ago =>
      `istio_requests_total{reporter="source",destination_service_name="chat",destination_service_namespace="ai"} ${5000 - ago} ${minutesAgo(ago).getTime() / 1000}`,
  );

describeWithPrometheus('what Prometheus has nothing of', () => {
  let prometheus: RealPrometheus;
  beforeAll(async () => {
    prometheus = await startPrometheus([...scraped, '# EOF', ''].join('\n'));
  });
  afterAll(() => prometheus.stop());

  const silenceAt = async (minutes: number) => {
    const target = targetOf(
      clusterTargetOf(
        snapshotOf({}, { cluster: 'east' }),
        [{ namespace: 'ai', name: 'chat' }],
        clientOf(prometheus),
      ),
    );
    const silences = await silencesAt(target, minutesAgo(minutes), now);
    return silences.get('east')?.words?.map(({ key }) => key);
  };

  it.each<[string, number, string[] | undefined]>([
    ['before its first sample', 27 * 60, ['silence.until']],
    ['in a gap of minutes a day ago', 1437, ['silence.until']],
    ['as soon as there is something to measure again', 1433, undefined],
    ['before the gap', 1450, undefined],
    ['an hour ago', 60, undefined],
  ])('is told %s', async (_, minutes, expected) => {
    expect(await silenceAt(minutes)).toEqual(expected);
  });
});
