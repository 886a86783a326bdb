import { setImmediate, setTimeout as wait } from 'timers/promises';
import { clientOf } from './__testUtils__/clientOf';
import type { HttpPrometheusClient } from './HttpPrometheusClient';
import { JoinedQuestions } from './JoinedQuestions';
import { JoinedSize } from './QuestionDesk';
import {
  json,
  raw,
  ScriptedPrometheus,
  vector,
} from './__testUtils__/ScriptedPrometheus';
import {
  describeWithPrometheus,
  startPrometheus,
  type RealPrometheus,
} from './__testUtils__/startPrometheus';

const refused = json(
  { status: 'error', errorType: 'execution', error: 'cannot' },
  422,
);

describe('joined questions to a Prometheus', () => {
  let prometheus: ScriptedPrometheus;
  let joined: JoinedQuestions;

  beforeEach(async () => {
    prometheus = await new ScriptedPrometheus().start();
    joined = new JoinedQuestions(prometheus.client());
  });

  afterEach(() => prometheus.stop());

  const askAll = (count: number) =>
    Promise.allSettled(
      Array.from({ length: count }, (_, index) =>
        joined.query(`metric_${index}`),
      ),
    );
  /** Answers every part with its number, as Prometheus would. */
  const partsAnswered = () => {
    const { query } = prometheus.seen.at(-1)!.form;
    const parts = [
      ...query.matchAll(/(metric_\d+)\{?\}?, "ai_mesh_part", "(\d+)"/g),
    ];
    return json(
      vector(
        parts.map(([, metric, part]) => ({
          metric: { ai_mesh_part: part, of: metric },
          value: [1, metric.slice('metric_'.length)],
        })),
      ),
    );
  };
  const answerParts: typeof prometheus.answer = (request, response) =>
    partsAnswered()(request, response);

  const answerOne = json(vector([{ metric: {}, value: [1, '1'] }]));

  it('go as one, and each has its own rows with the labels that they had', async () => {
    prometheus.answer = answerParts;
    const answers = await askAll(100);
    expect(prometheus.seen).toHaveLength(1);
    answers.forEach((answer, index) =>
      expect(answer).toMatchObject({
        status: 'fulfilled',
        value: {
          promql: `metric_${index}`,
          samples: [{ labels: { of: `metric_${index}` }, value: index }],
        },
      }),
    );
  });

  it('stay together where each needs an answer to ask on, of a moment or over time', async () => {
    const workers = 60;
    prometheus.answer = (request, response) => {
      const isRange = 'step' in prometheus.seen.at(-1)!.form;
      if (isRange) {
        json({
          status: 'success',
          data: { resultType: 'matrix', result: [] },
        })(request, response);
      } else {
        answerParts(request, response);
      }
    };
    const range = { start: new Date(0), end: new Date(600_000) };
    const overTime = (metric: string, stepSeconds: number) =>
      joined.queryRange(metric, { ...range, stepSeconds });
    /** One that works on what it heard before it asks on, as making figures of rows does. */
    const work = async (worker: number) => {
      for (const step of [0, 1, 2]) {
        await joined.query(`metric_${worker * 10 + step}`);
        const until = performance.now() + 2;
        while (performance.now() < until);
        await setImmediate();
        const metric = `metric_${worker}`;
        await Promise.all([overTime(metric, 60), overTime(metric, 300)]);
      }
    };
    await Promise.all(Array.from({ length: workers }, (_, at) => work(at)));
    // Each step asks for a moment once, and twice over time.
    expect(prometheus.seen.length).toBeLessThanOrEqual(9);
  });

  it('ask for the same once', async () => {
    await Promise.all(
      Array.from({ length: 20 }, () => joined.query('metric_1')),
    );
    expect(prometheus.seen.map(({ form }) => form.query)).toEqual(['metric_1']);
  });

  it('ask for nothing whose answer is on its way, and anew for what was answered', async () => {
    const held: (() => void)[] = [];
    prometheus.answer = (request, response) => {
      held.push(() => answerParts(request, response));
    };
    const untilAsked = async (count: number) => {
      while (held.length < count) {
        await wait(5);
      }
    };
    const first = [joined.query('metric_1'), joined.query('metric_2')];
    await untilAsked(1);
    const late = joined.query('metric_1');
    await wait(100);
    held[0]();
    const answers = await Promise.all([...first, late]);
    expect(answers.map(({ samples }) => samples[0].value)).toEqual([1, 2, 1]);
    expect(prometheus.seen).toHaveLength(1);
    const again = [joined.query('metric_1'), joined.query('metric_2')];
    await untilAsked(2);
    held[1]();
    await Promise.all(again);
    expect(prometheus.seen).toHaveLength(2);
  });

  it('fail who asks for what is under way as whoever asked first, and not the next', async () => {
    const held: (() => void)[] = [];
    prometheus.answer = (request, response) => {
      held.push(() => refused(request, response));
    };
    const first = joined.query('metric_1').catch(error => error);
    while (held.length === 0) {
      await wait(5);
    }
    const late = joined.query('metric_1').catch(error => error);
    held[0]();
    expect(await late).toBe(await first);
    prometheus.answer = answerOne;
    await joined.query('metric_1');
    expect(prometheus.seen).toHaveLength(2);
  });

  it('fail for the one that is refused, and for no other', async () => {
    prometheus.answer = (request, response) => {
      const { query } = prometheus.seen.at(-1)!.form;
      const answer = /metric_13\b/.test(query) ? refused : answerParts;
      answer(request, response);
    };
    const answers = await askAll(64);
    expect(
      answers.flatMap(({ status }, index) =>
        status === 'rejected' ? [index] : [],
      ),
    ).toEqual([13]);
    expect(prometheus.seen.length).toBeLessThan(20);
  });

  it.each([
    ['refuses whoever asks', json({}, 401), 1],
    ['cannot be reached', raw('away', 503), 31],
  ])(
    'fail all, and soon, where the server %s',
    async (_, answer, mostQuestions) => {
      prometheus.answer = answer;
      const answers = await askAll(400);
      expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
      // Whatever is left when it is given up fails with one question for each half that was still to be asked.
      expect(prometheus.seen.length).toBeLessThanOrEqual(mostQuestions + 10);
    },
  );

  it('fail all where the server hangs, and ask for half of it the next time', async () => {
    joined = new JoinedQuestions(prometheus.client({ timeoutMs: 200 }));
    prometheus.answer = () => undefined;
    const late = await askAll(8);
    expect(late.every(({ status }) => status === 'rejected')).toBe(true);
    expect(prometheus.seen).toHaveLength(1);
    prometheus.answer = answerParts;
    await askAll(8);
    expect(prometheus.seen).toHaveLength(3);
  });

  it('are two beside each other where one cannot hold all, and never more', async () => {
    joined = new JoinedQuestions(prometheus.client({ timeoutMs: 500 }));
    prometheus.answer = () => undefined;
    await askAll(8);
    let [open, mostOpen] = [0, 0];
    prometheus.answer = async (request, response) => {
      mostOpen = Math.max(mostOpen, ++open);
      const answer = partsAnswered();
      await wait(50);
      open--;
      answer(request, response);
    };
    const answers = await askAll(24);
    expect(answers.map(({ status }) => status)).toEqual(
      Array(24).fill('fulfilled'),
    );
    expect(mostOpen).toBe(2);
  });

  it('remember of histories what was too many, also for those of another time', async () => {
    joined = new JoinedQuestions(prometheus.client({ timeoutMs: 500 }));
    const askFrom = (minute: number) =>
      Promise.allSettled(
        Array.from({ length: 8 }, (_, index) =>
          joined.queryRange(`metric_${index}`, {
            start: new Date(60_000 * minute),
            end: new Date(60_000 * (minute + 60)),
            stepSeconds: 60,
          }),
        ),
      );
    prometheus.answer = () => undefined;
    await askFrom(0);
    prometheus.answer = json({
      status: 'success',
      data: { resultType: 'matrix', result: [] },
    });
    await askFrom(1);
    const parts = prometheus.seen.map(
      ({ form }) => form.query.split('"ai_mesh_part"').length - 1,
    );
    expect(parts.slice(0, 2)).toEqual([8, 4]);
  });

  it('are fewer at once where an answer is slow or large, before one is late or too large', () => {
    const size = new JoinedSize();
    size.answered(200, 5_000, 1_000);
    expect(size.most).toBe(144);
    size.answered(144, 2_500, 1_000);
    expect(size.most).toBe(144);
    size.answered(144, 200, 1_000);
    expect(size.most).toBe(288);
    size.answered(288, 200, 5_000_000);
    expect(size.most).toBe(207);
    size.answered(207, 200, 3_000_000);
    expect(size.most).toBe(207);
    size.answered(200, 60_000, 1_000);
    expect(size.most).toBe(100);
  });

  it('are no fewer for a few that were soon answered, and more again where a server stays busy', () => {
    const size = new JoinedSize();
    size.answered(12, 8_000, 1_000);
    expect(size.most).toBe(6);
    size.answered(6, 1_500, 1_000);
    expect(size.most).toBe(12);
    size.answered(2, 100, 1_000);
    expect(size.most).toBe(12);
  });

  it('are never longer than passes a proxy, also where only their shapes are alike', async () => {
    prometheus.answer = json(vector([]));
    const padding = 'x'.repeat(4000);
    await Promise.all(
      Array.from({ length: 300 }, (_, index) =>
        joined.query(`absent(m{a="${padding}",b="${index}"})`),
      ),
    );
    const lengths = prometheus.seen.map(({ form }) => form.query.length);
    expect(Math.max(...lengths)).toBeLessThan(600_000);
    expect(lengths.length).toBeLessThan(10);
  });

  it('ask for half of what was too large', async () => {
    prometheus.answer = raw(' '.repeat(9_000_000), 200);
    const large = await askAll(4);
    expect(large.every(({ status }) => status === 'rejected')).toBe(true);
    prometheus.seen.length = 0;
    prometheus.answer = answerParts;
    await askAll(4);
    expect(
      prometheus.seen.every(
        ({ form }) => form.query.split('"ai_mesh_part"').length <= 3,
      ),
    ).toBe(true);
  });
});

describeWithPrometheus('joined questions to a real Prometheus', () => {
  let prometheus: RealPrometheus;
  let client: HttpPrometheusClient;

  beforeAll(async () => {
    const now = Math.floor(Date.now() / 1000);
    prometheus = await startPrometheus(
      [
        '# TYPE load gauge',
        ...[180, 120, 60, 30].flatMap(age => [
          `load{pod="a"} ${age} ${now - age}`,
          `load{pod="b"} 2 ${now - age}`,
        ]),
        '# EOF',
        '',
      ].join('\n'),
    );
    client = clientOf(prometheus, { cacheTtlMs: 0 });
  }, 60_000);

  afterAll(() => prometheus?.stop());

  const questions = [
    'load',
    'sum(load)',
    'sum by (pod) (load) > 2',
    'absent(nothing)',
    'load or sum(load)',
    'nothing',
    'vector(3)',
  ];
  const ordered = <T extends { labels: Record<string, string> }>(rows: T[]) =>
    rows.map(({ labels, ...rest }) => JSON.stringify([labels, rest])).sort();

  it('have the answers that each has by itself, at a moment and over time', async () => {
    const joined = new JoinedQuestions(client);
    const end = new Date(Date.now() - 20_000);
    const range = {
      start: new Date(end.getTime() - 120_000),
      end,
      stepSeconds: 30,
    };
    const [instants, ranges] = await Promise.all([
      Promise.all(questions.map(one => joined.query(one))),
      Promise.all(questions.map(one => joined.queryRange(one, range))),
    ]);
    for (const [index, question] of questions.entries()) {
      const values = (rows: (typeof instants)[number]['samples']) =>
        ordered(rows.map(({ labels, value }) => ({ labels, value })));
      expect(values(instants[index].samples)).toEqual(
        values((await client.query(question)).samples),
      );
      expect(ordered(ranges[index].series)).toEqual(
        ordered((await client.queryRange(question, range)).series),
      );
    }
    expect(ranges[0].series).toHaveLength(2);
  });
});
