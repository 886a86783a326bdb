import { StallProbe, threadMs } from '../__testUtils__/StallProbe';
import { allDialects } from '../slo/dialects/allDialects';
import { inventoryQuery } from '../slo/dialects/inventoryQuery';
import { latencyQuery } from '../telemetry/neighbourhoodQueries';
import { JoinedQuestions } from './JoinedQuestions';
import type { Expr } from './promql';

/** So many entities' facts are computed at once, in as many namespaces as a large mesh has. */
const ENTITIES = 200;
const NAMESPACES = 20;
const ROUNDS = 2;
/** What is made of an answer before the next question is asked; milliseconds. */
const WORK_MS = 2;
/** Rows of one answer, as many as are asked for at once. */
const ROWS = 10_000;
/** Five times what is measured here: other tests run beside it. */
const LONGEST_STALL_MS = 100;

it('answers hundreds who work on what they hear without holding anybody up', async () => {
  const dialects = allDialects([]);
  const podLabels = { namespace: 'namespace', pod: 'pod' };
  const questions = (number: number, round: number): Expr[] => {
    const namespace = `shop-${number % NAMESPACES}`;
    const service = { namespace, name: `service-${number}-${round}` };
    return [
      latencyQuery({ to: [service], from: [], around: [service] }, 300)!,
      inventoryQuery(dialects, {
        istioCluster: 'Kubernetes',
        services: [service],
        workloads: [{ ...service, kind: 'Deployment' }],
        podLabels,
      })!,
    ];
  };
  const samples = Array.from({ length: ROWS }, (_, number) => ({
    labels: { ai_mesh_part: '0', ai_mesh_whose_0: `other-${number}` },
    timestamp: 0,
    value: number,
  }));
  let asked = 0;
  const joined = new JoinedQuestions({
    query: async promql => {
      asked++;
      return { promql, samples, warnings: [], observedAt: new Date() };
    },
    queryRange: () => {
      throw new Error('nothing over time is asked');
    },
  });
  const work = async (rounds: readonly (readonly Expr[])[]) => {
    for (const round of rounds) {
      await Promise.all(
        round.map(async promql => {
          await joined.query(promql);
          const until = threadMs() + WORK_MS;
          while (threadMs() < until);
        }),
      );
    }
  };
  const workers = Array.from({ length: ENTITIES }, (_, number) =>
    Array.from({ length: ROUNDS }, (_round, round) => questions(number, round)),
  );
  const probe = new StallProbe().start();
  await Promise.all(workers.map(work));
  const stall = await probe.stall();
  probe.stop();
  expect(asked).toBeLessThanOrEqual(4 * ROUNDS);
  expect(stall).toBeLessThan(LONGEST_STALL_MS);
}, 60_000);
