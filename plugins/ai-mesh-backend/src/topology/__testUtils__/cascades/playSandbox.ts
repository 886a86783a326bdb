import {
  builtInWorld,
  readMesh,
  startMeshSandbox,
  type RunningMeshSandbox,
} from '@ai-mesh/mesh-sandbox';
import { Random } from './Random';
import { sandboxCascades, type SandboxKind } from './sandboxCascades';

/** Seconds of a mesh as ever, and of what happens then: the window of five minutes holds nothing else at the end. */
const USUAL_SECONDS = 1200;
const CASCADE_SECONDS = 315;
/** What lies in no window but the hour before is scraped more seldom. */
export const SCRAPE_SECONDS = { long: 60, short: 15 };
const SHORT_SECONDS = CASCADE_SECONDS + 300;

/** Of what the questions of a topology read. */
const READ =
  /^(istio_requests_total|istio_request_duration_milliseconds_bucket|istio_tcp_\w+|envoy_cluster_\w+)\{/;

export interface PlayedSandbox {
  sandbox: RunningMeshSandbox;
  /** What each cluster's Prometheus would have scraped, in OpenMetrics text. */
  scraped: string[];
  /** Who is at fault: `[<cluster>/]<name>`. */
  culprits: string[];
  /** When it began, and the last scrape. */
  beganAt: Date;
  endedAt: Date;
}

/** Plays a cascade in the sandbox, as fast as it goes, with the past 25 minutes as its time; the caller stops the sandbox. */
export async function playSandbox(
  kind: SandboxKind,
  seed: number,
): Promise<PlayedSandbox> {
  const random = new Random(
    seed * 1009 + Object.keys(sandboxCascades).indexOf(kind),
  );
  const { world, prepare, happen } = sandboxCascades[kind];
  const worlds = await readMesh(builtInWorld(world));
  prepare?.(worlds, random);
  // Time stands still but for its own ticks.
  const sandbox = await startMeshSandbox({
    world: worlds,
    seed,
    speed: 0.0001,
  });
  const seconds = USUAL_SECONDS + CASCADE_SECONDS;
  const endsAt = Math.floor(Date.now() / 1000) - 60;
  const lines: string[][] = sandbox.clusters.map(() => []);
  let culprits: string[] = [];
  for (let second = 1; second <= seconds; second++) {
    if (second === USUAL_SECONDS + 1) {
      const behaviours = worlds.map(({ behaviour }) => behaviour);
      culprits = happen({ sandbox, behaviours, random });
    }
    sandbox.tick();
    const every =
      second > seconds - SHORT_SECONDS
        ? SCRAPE_SECONDS.short
        : SCRAPE_SECONDS.long;
    if (second % every === 0) {
      for (const [index, { metrics }] of sandbox.clusters.entries()) {
        // Seconds go by between scrapes in which nothing else runs here: a connection that is kept may be closed by then.
        const page = await fetch(metrics, { headers: { connection: 'close' } });
        const text = await page.text();
        for (const line of text.split('\n')) {
          if (READ.test(line)) {
            lines[index].push(`${line} ${endsAt - seconds + second}`);
          }
        }
      }
    }
  }
  return {
    sandbox,
    scraped: lines.map(all => `${all.join('\n')}\n# EOF\n`),
    culprits,
    beganAt: new Date((endsAt - CASCADE_SECONDS) * 1000),
    endedAt: new Date(endsAt * 1000),
  };
}
