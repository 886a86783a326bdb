import { StallProbe } from '../__testUtils__/StallProbe';
import { raw, ScriptedPrometheus } from './__testUtils__/ScriptedPrometheus';

const LONGEST_STALL_MS = 200;

const many = (count: number, one: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => one(n)).join();
const labels = (n: number) =>
  `{"source_workload":"caller-${n}","source_workload_namespace":"others","destination_service_name":"ai-chat-service","response_code":"200"}`;
const answer = (resultType: string, result: string) =>
  `{"status":"success","data":{"resultType":"${resultType}","result":[${result}]}}`;

describe('an answer of nearly eight megabytes', () => {
  const prometheus = new ScriptedPrometheus();
  const probe = new StallProbe();

  beforeAll(() => prometheus.start());
  afterAll(async () => {
    probe.stop();
    await prometheus.stop();
  });

  it('of 40,000 series is read while others have their turn', async () => {
    prometheus.answer = raw(
      answer(
        'vector',
        many(40_000, n => `{"metric":${labels(n)},"value":[1.5,"${n}"]}`),
      ),
    );
    probe.start();
    probe.lap();
    const { samples } = await prometheus
      .client({ timeoutMs: 120_000 })
      .query('up');
    expect(await probe.stall()).toBeLessThan(LONGEST_STALL_MS);
    expect(samples).toHaveLength(40_000);
    expect(samples[39_999]).toMatchObject({ timestamp: 1.5, value: 39_999 });
  });

  it('of 400,000 points is read while others have their turn', async () => {
    const points = many(8000, at => `[${1_700_000_000 + at},"2"]`);
    prometheus.answer = raw(
      answer(
        'matrix',
        many(45, n => `{"metric":${labels(n)},"values":[${points}]}`),
      ),
    );
    probe.lap();
    const { series } = await prometheus
      .client({ timeoutMs: 120_000 })
      .queryRange('up', {
        start: new Date(0),
        end: new Date(60_000),
        stepSeconds: 60,
      });
    expect(await probe.stall()).toBeLessThan(LONGEST_STALL_MS);
    expect(series).toHaveLength(45);
    expect(series[44].values).toHaveLength(8000);
  });
});
