import { known } from '@ai-mesh/plugin-ai-mesh-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import { StallProbe, threadMs } from '../../__testUtils__/StallProbe';
import { snapshotOf } from '../../kubernetes/__testUtils__/snapshotOf';
import { clusterTargetOf, targetOf } from '../../target/__testUtils__/targetOf';
import type { Target } from '../../target/Target';
import { gatherFacts, type FactSources } from './gatherFacts';

/** As many as are computed at once. */
const ENTITIES = 200;
/** What it takes to ask for one; milliseconds. */
const WORK_MS = 2;
/** Five times what is measured here: other tests run beside it. */
const LONGEST_STALL_MS = 100;

it('lets others have a turn while hundreds hear whose they are at once', async () => {
  const target = targetOf(
    clusterTargetOf(snapshotOf({}, { cluster: 'eu' }), [
      { namespace: 'ai', name: 'chat' },
    ]),
  );
  // One answer of the catalog is everybody's.
  let tellTarget: (found: Target) => void = () => undefined;
  const shared = new Promise<Target>(resolve => {
    tellTarget = resolve;
  });
  const sources = {
    credentials: async () => mockCredentials.service(),
    resolveTarget: () => shared,
    overview: async () => {
      const until = threadMs() + WORK_MS;
      while (threadMs() < until);
      return {
        services: [{ cluster: 'eu', namespace: 'ai', name: 'chat' }],
        traffic: { total: { p99: known({ valueMs: 2500 }) } },
        sources: [],
        resolution: target.resolution,
      };
    },
    routes: async () => ({ services: [] }),
    security: async () => ({ services: [], sources: [] }),
    review: async () => ({
      findings: [],
      counts: { high: 0, medium: 0, low: 0, note: 0 },
      notJudged: [],
      unreadable: [],
      sources: [],
    }),
    slos: async () => ({
      models: [],
      objectives: [],
      sources: [],
      dialect: {
        name: 'none',
        chosenBy: 'detected',
        alsoPresent: [],
        notes: [],
      },
    }),
    canaries: async () => known([]),
  } as unknown as FactSources;
  const probe = new StallProbe().start();
  const gathered = Promise.all(
    Array.from({ length: ENTITIES }, (_, number) =>
      gatherFacts(
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: { name: `chat-${number}` },
        },
        sources,
        new Date(),
      ),
    ),
  );
  tellTarget(target);
  const facts = await gathered;
  const stall = await probe.stall();
  probe.stop();
  expect(facts).toHaveLength(ENTITIES);
  expect(stall).toBeLessThan(LONGEST_STALL_MS);
});
