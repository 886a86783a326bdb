import type { Outage, Source, Topology } from '@ai-mesh/plugin-ai-mesh-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { readSettings } from '../../../config/readSettings';
import { startPrometheus } from '../../../prometheus/__testUtils__/launchPrometheus';
import { DefaultMeshClusters } from '../../../target/DefaultMeshClusters';
import { EntityTargetResolver } from '../../../target/EntityTargetResolver';
import { searchedSources } from '../../../target/searchedSources';
import type { Target } from '../../../target/Target';
import { targetAt } from '../../../target/targetAt';
import { TopologyService } from '../../TopologyService';
import { firstBadScrape } from './firstBadScrape';
import { playSandbox } from './playSandbox';
import type { SandboxKind } from './sandboxCascades';

/** How soon somebody looks who is called at once: two scrapes later. */
const SOON_SECONDS = 30;

/** Origins that were called so, and those of them that were at fault. */
interface Called {
  named: number;
  right: number;
}

/** What a topology said of a cascade. */
export interface SandboxAnswer {
  isRight: boolean;
  origins: string[];
  likely: Called;
  possible: Called;
}

/** A cascade of the sandbox as the product tells it while it lasts. */
export interface SandboxScore {
  kind: SandboxKind;
  seed: number;
  culprits: string[];
  /** After how long a scrape has shown that a culprit's calls go wrong; 0 where none does. */
  badAfterSeconds: number;
  /** Soon after it began. */
  soon: SandboxAnswer;
  /** Soon after the first scrape that shows it. */
  soonAfterBad: SandboxAnswer;
  /** When the window holds nothing else. */
  settled: SandboxAnswer;
}

/**
 * Plays a cascade in the sandbox, gives what it counted to a Prometheus, and looks at it as a reader of the portal would:
 * by the API server's objects and Prometheus' answers, at the moment that it was.
 */
export async function scoreSandbox(
  kind: SandboxKind,
  seed: number,
): Promise<SandboxScore> {
  const { sandbox, scraped, culprits, beganAt, endedAt } = await playSandbox(
    kind,
    seed,
  );
  const prometheuses = await Promise.all(scraped.map(startPrometheus));
  const clusters = new DefaultMeshClusters(
    readSettings(
      new ConfigReader({
        aiMesh: {
          clusters: sandbox.clusters.map(({ name, kubernetes }, index) => ({
            name,
            kubernetes: {
              url: kubernetes,
              serviceAccountToken: sandbox.tokens.reader,
            },
            prometheus: { url: prometheuses[index].url },
          })),
        },
      }),
    ),
    { logger: complaints() },
  );
  try {
    clusters.start();
    const target = await resolved(clusters);
    const answer = async (at: Date) => {
      const topology = await whole(() =>
        new TopologyService().topology(
          targetAt(target, at),
          { window: '5m', depth: 2 },
          { now: at },
        ),
      );
      return judged(topology, culprits);
    };
    const shown = await Promise.all(
      prometheuses.map((prometheus, index) =>
        firstBadScrape(
          prometheus,
          namesIn(sandbox.clusters[index].name, culprits),
          { beganAt, endedAt },
        ),
      ),
    );
    const [badAt = beganAt] = shown
      .filter(at => at !== undefined)
      .sort((a, b) => a.getTime() - b.getTime());
    return {
      kind,
      seed,
      culprits,
      badAfterSeconds: (badAt.getTime() - beganAt.getTime()) / 1000,
      soon: await answer(soonAfter(beganAt)),
      soonAfterBad: await answer(soonAfter(badAt)),
      settled: await answer(endedAt),
    };
  } finally {
    await clusters.stop();
    await Promise.all([sandbox, ...prometheuses].map(one => one.stop()));
  }
}

function soonAfter(at: Date): Date {
  return new Date(at.getTime() + SOON_SECONDS * 1000);
}

/** Of `[<cluster>/]<name>` those of a cluster. */
function namesIn(cluster: string, culprits: readonly string[]): string[] {
  return culprits
    .map(culprit => culprit.split('/'))
    .filter(({ length, 0: first }) => length === 1 || first === cluster)
    .map(parts => parts[parts.length - 1]);
}

const ignore = () => undefined;
const complain = (message: string | Error) => {
  process.stderr.write(`${message}\n`);
};

function complaints(): LoggerService {
  return {
    error: complain,
    warn: complain,
    info: ignore,
    debug: ignore,
    child: complaints,
  };
}

/** The chat service, as soon as the clusters have told of everything. */
async function resolved(clusters: DefaultMeshClusters): Promise<Target> {
  const resolver = new EntityTargetResolver(clusters, { mostServices: 50 });
  const { target } = await whole(async () => {
    const found = await resolver.resolve({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'chat',
        annotations: { 'ai-mesh.io/service': 'ai-services/ai-chat-service' },
      },
    });
    return { target: found, sources: searchedSources(found) };
  });
  return target;
}

/**
 * An answer to which every source has given its part: on a busy machine one may be late, and what is made of the others is
 * not what the rules make of the cascade.
 *
 * @throws where one is still missing after a minute
 */
async function whole<T extends { sources: readonly Source[] }>(
  read: () => Promise<T>,
): Promise<T> {
  const until = Date.now() + 60_000;
  for (;;) {
    const answer = await read();
    const missing = answer.sources.find(({ status }) => status !== 'ok');
    if (!missing) {
      return answer;
    }
    if (Date.now() > until) {
      throw new Error(
        `${missing.name} is ${missing.status}: ${missing.message}`,
      );
    }
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

function judged(
  { nodes, outage }: Topology,
  culprits: readonly string[],
): SandboxAnswer {
  const origins = originsOf(outage).map(({ node, confidence }) => {
    const { cluster, name } = nodes.find(({ id }) => id === node)!;
    return {
      name: `${cluster}/${name}`,
      confidence,
      isCulprit:
        culprits.includes(name) || culprits.includes(`${cluster}/${name}`),
    };
  });
  const called = (as: 'likely' | 'possible'): Called => {
    const named = origins.filter(({ confidence }) => confidence === as);
    return {
      named: named.length,
      right: named.filter(({ isCulprit }) => isCulprit).length,
    };
  };
  return {
    isRight:
      culprits.length === 0
        ? outage.status === 'none'
        : (origins.at(0)?.isCulprit ?? false),
    origins: origins.map(({ name, confidence }) => `${name} ${confidence}`),
    likely: called('likely'),
    possible: called('possible'),
  };
}

function originsOf(outage: Outage) {
  return outage.status === 'found' ? outage.origins : [];
}
