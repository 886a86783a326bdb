import {
  known,
  windowSeconds,
  wording,
  type ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import { assertError } from '@backstage/errors';
import { LRUCache } from 'lru-cache';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { onBehalfOf, PORTAL } from '../target/asker';
import type { MeshCluster } from '../target/MeshClusters';
import { steadyClock } from '../target/steadyClock';
import { MESH_WINDOW, type MeshTable } from './MeshTable';
import { partsWith } from './partsWith';
import {
  NOT_KEPT,
  ReceivedReader,
  type ReceivedQuestions,
} from './ReceivedReader';
import { receivedQueries } from './receivedQueries';
import { ReceivedTraffic, type ReceivedAnswer } from './ReceivedTraffic';

/** All is asked again after so many times as long as it took, within these bounds: a twentieth of Prometheus' time. */
const REFRESH_FACTOR = 20;
const REFRESH_MS = { least: 60_000, most: 5 * 60_000 };
/** What is older is not shown while there may be something newer. */
const STALE_MS = 10 * 60_000;
/** So long is waited for the very first answers, and so often more of them are shown. */
const PATIENCE_MS = 500;
const SHOWN_EACH_MS = 5000;

/** A cluster of whose table something is left out. */
export interface ReceivedPlace {
  cluster: MeshCluster;
  snapshot: MeshSnapshot;
  table: Pick<MeshTable, 'leftOut'>;
}

interface Kept {
  leftOut: MeshTable['leftOut'];
  shown?: ReceivedTraffic;
  /** What has been answered since reading began; undefined where nothing has. */
  soFar?: () => Promise<ReceivedTraffic> | undefined;
  /** When all of it was read. */
  readAt: number;
  tookMs: number;
  reading?: Promise<void>;
}

/**
 * What Services of a mesh receive that is too large for a table of who calls whom: asked some namespaces at a time, of
 * those alone where entities have Services, behind the back of whoever looks.
 */
export class MeshReceived {
  readonly #mostSeries: number;
  readonly #now: () => number;
  /** For as long as it is shown after the last look. */
  readonly #kept = new LRUCache<string, Kept>({
    ttl: STALE_MS,
    ttlAutopurge: true,
    perf: steadyClock,
  });

  /** @param options - `mostSeries`: of one answer */
  constructor(options: { mostSeries: number; now?: () => number }) {
    this.#mostSeries = options.mostSeries;
    this.#now = options.now ?? Date.now;
  }

  /**
   * Undefined where the cluster's table leaves nothing out. Never rejects for a source that fails, and never waits long
   * for one.
   *
   * @param configured - every cluster
   * @param wanted - the Services that entities have
   */
  async of(
    place: ReceivedPlace,
    configured: readonly MeshCluster[],
    wanted: () => Promise<readonly ServiceRef[]>,
  ): Promise<ReceivedTraffic | undefined> {
    const { cluster, table } = place;
    if (!table.leftOut) {
      this.#kept.delete(cluster.name);
      return undefined;
    }
    const present = this.#kept.get(cluster.name);
    const kept: Kept =
      present?.leftOut === table.leftOut
        ? present
        : { leftOut: table.leftOut, readAt: 0, tookMs: 0 };
    this.#kept.set(cluster.name, kept);
    const age = this.#now() - kept.readAt;
    if (!kept.reading && (!kept.shown || age < 0 || age >= waitOf(kept))) {
      // A clock that was set back makes nothing younger.
      if (age < 0 || age > STALE_MS) {
        kept.shown = undefined;
      }
      kept.reading = onBehalfOf(PORTAL, () =>
        this.#read(kept, place, configured, wanted),
      ).finally(() => {
        kept.reading = undefined;
      });
    }
    if (!kept.shown) {
      await Promise.race([kept.reading, patience()]);
      kept.shown ??= await (kept.soFar?.() ??
        ReceivedTraffic.of([], notYet(cluster)));
    }
    return kept.shown;
  }

  async #read(
    kept: Kept,
    { cluster, snapshot }: ReceivedPlace,
    configured: readonly MeshCluster[],
    wanted: () => Promise<readonly ServiceRef[]>,
  ): Promise<void> {
    const startedAt = this.#now();
    const reader = new ReceivedReader({
      cluster,
      configured,
      snapshot,
      questions: questionsOf(kept.leftOut!),
      mostSeries: this.#mostSeries,
    });
    const isFirst = !kept.shown;
    let shownAt = startedAt;
    const soFar = () =>
      ReceivedTraffic.of([...reader.answers], notYet(cluster), reader);
    kept.soFar = () => (reader.answers.length > 0 ? soFar() : undefined);
    const show = async () => {
      kept.shown = await soFar();
      shownAt = this.#now();
    };
    try {
      await reader.read(partsWith(snapshot, await wanted()), async () => {
        if (isFirst && this.#now() - shownAt >= SHOWN_EACH_MS) {
          await show();
        }
      });
      await show();
    } catch (error) {
      assertError(error);
      // Which namespaces are wanted is not known: whoever looks next asks again.
      kept.shown = await ReceivedTraffic.of([], error.message);
    }
    kept.soFar = undefined;
    kept.readAt = this.#now();
    kept.tookMs = kept.readAt - startedAt;
  }
}

function waitOf({ tookMs }: Kept): number {
  const { least, most } = REFRESH_MS;
  return Math.min(most, Math.max(least, REFRESH_FACTOR * tookMs));
}

/** @param leftOut - what there is to ask for */
function questionsOf(
  leftOut: NonNullable<MeshTable['leftOut']>,
): ReceivedQuestions<Omit<ReceivedAnswer, 'namespaces'>> {
  return {
    ask: async (telemetry, reports) => {
      const questions = receivedQueries(reports, windowSeconds[MESH_WINDOW]);
      return {
        buckets: await telemetry.rates('latency', questions.latency, NOT_KEPT),
        requests:
          leftOut === 'latencies'
            ? // Known with who calls whom, where only what tells latencies is left out.
              known([])
            : await telemetry.rates('requests', questions.requests, NOT_KEPT),
      };
    },
    unasked: why => ({ requests: why, buckets: why }),
  };
}

function notYet({ name }: MeshCluster) {
  return [wording('metrics.receivedNotYet', { cluster: name })];
}

function patience(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, PATIENCE_MS).unref());
}
