// Canaries: what is decided and how soon, how soon a bad one is taken back, and what a thousand of them cost.
import { parseArgs } from 'node:util';
import { measureDecisions } from '../lib/canaryDecisions.mjs';
import { measureLoad } from '../lib/canaryLoad.mjs';
import { measureReaction } from '../lib/canaryReaction.mjs';
import { quantile, table } from '../lib/statistics.mjs';

export async function benchmark(args) {
  const { values } = parseArgs({
    args,
    options: {
      part: {
        type: 'string',
        multiple: true,
        default: ['decisions', 'reaction', 'load'],
      },
      promotions: { type: 'string', default: '10000' },
      row: { type: 'string', multiple: true, default: [] },
      record: { type: 'string' },
      runs: { type: 'string', default: '10' },
      speed: { type: 'string', default: '1' },
      canaries: { type: 'string', default: '1000' },
      'warm-up': { type: 'string', default: '120' },
      seconds: { type: 'string', default: '180' },
    },
  });
  const results = {};
  if (values.part.includes('decisions')) {
    results.decisions = await measureDecisions({
      runs: Number(values.promotions),
      rows: values.row,
      record: values.record,
    });
    process.stdout.write(`${decisionsReport(results.decisions)}\n`);
  }
  if (values.part.includes('reaction')) {
    results.reaction = await measureReaction({
      runs: Number(values.runs),
      speed: Number(values.speed),
    });
    process.stdout.write(`${reactionReport(results.reaction)}\n`);
  }
  if (values.part.includes('load')) {
    results.load = await measureLoad({
      canaries: Number(values.canaries),
      warmUpSeconds: Number(values['warm-up']),
      seconds: Number(values.seconds),
    });
    process.stdout.write(`${loadReport(results.load)}\n`);
  }
  process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
}

function decisionsReport(decisions) {
  const share = (count, runs) => `${((100 * count) / runs).toFixed(2)} %`;
  return [
    table(
      [
        'stable/canary fail %',
        'requests/s',
        'judge',
        'rolled back',
        'promoted',
        'paused',
        'past half',
        'end p50 s',
        'end most s',
        'foreseen',
        'failures seen',
        'failures',
        'after the third s',
      ],
      decisions.map(one => [
        one.name,
        one.requestsPerSecond,
        one.judge,
        share(one.rolledBack, one.runs),
        share(one.promoted, one.runs),
        share(one.paused + one.unfinished, one.runs),
        share(one.pastHalf, one.runs),
        one.secondsP50,
        one.secondsMost,
        one.foreseen
          ? `${one.foreseen.outcome}, ${one.foreseen.seconds} s`
          : '',
        one.seenMean.toFixed(1),
        one.failedMean.toFixed(1),
        one.afterThird
          ? `${one.afterThird.p50}, ${one.afterThird.p99}, ${one.afterThird.most}`
          : '',
      ]),
    ),
    '',
  ].join('\n');
}

function reactionReport({ aimSeconds, leastRequests, reactions }) {
  const seconds = reactions.map(
    ({ fromFirstBadScrapeSeconds }) => fromFirstBadScrapeSeconds,
  );
  const perSecond = quantile(
    reactions.map(({ requestsPerSecond }) => requestsPerSecond),
    0.5,
  );
  const inTime = seconds.filter(each => each <= aimSeconds).length;
  return [
    table(
      [
        'runs',
        "the canary's requests/s",
        'no test sooner than s',
        'least s',
        'p50 s',
        'most s',
        `within ${aimSeconds} s`,
      ],
      [
        [
          seconds.length,
          perSecond.toFixed(1),
          (leastRequests / perSecond).toFixed(1),
          Math.min(...seconds).toFixed(1),
          quantile(seconds, 0.5).toFixed(1),
          Math.max(...seconds).toFixed(1),
          inTime,
        ],
      ],
    ),
    '',
  ].join('\n');
}

function loadReport({ canaries, replicas, prometheusCores, postgresCores }) {
  const number = (value, digits = 2) => value?.toFixed(digits) ?? 'not known';
  const rows = replicas.map((replica, index) => [
    `replica ${index + 1}`,
    replica.held,
    number(replica.checksPerSecond, 1),
    number(replica.cores),
    number(replica.queriesPerSecond, 1),
    number(replica.statementsPerSecond, 1),
    number(replica.lateSecondsP50),
    number(replica.lateSecondsP99),
    number(replica.lateSecondsMost),
  ]);
  return [
    table(
      [
        `of ${canaries} canaries`,
        'held',
        'checks/s',
        'cores',
        'Prometheus queries/s',
        'database statements/s',
        'late p50 s',
        'late p99 s',
        'late most s',
      ],
      rows,
    ),
    '',
    `Prometheus used ${number(prometheusCores)} cores, PostgreSQL ${number(postgresCores)}.`,
    '',
  ].join('\n');
}
