import {
  windowSeconds as secondsOf,
  type CanaryGlance,
  type ConfiguredThen,
  type FindingCounts,
  type Measured,
  type Overview,
  type OverviewRequest,
  type WorstSlo,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { searchedSources } from '../target/searchedSources';
import { inTurns } from '../target/inTurns';
import type { Target } from '../target/Target';
import {
  encryptionOf,
  opened,
  readSparkline,
  sparklineRange,
  tablesRead,
  type SparklineRange,
  type WarmTables,
} from '../telemetry';
import { gatherOverview, type GatheredOverview } from './gatherOverview';
import { servicesOf } from './overviewTotal';
import { plaintextCallers } from './plaintextCallers';
import {
  healthOf,
  totalOnset,
  totalSlowness,
  totalTraffic,
  trafficByCluster,
  whyNothing,
  withoutServices,
} from './totals';
import { uniteClusters } from './uniteClusters';

export interface OverviewOptions {
  /** Traffic that is known already; without, Prometheus is asked. */
  tables?: WarmTables;
  /** An entity's canaries at a glance. Never rejects. */
  canariesOf(target: Target): Promise<Measured<CanaryGlance>>;
  /** How its routes were set at a moment that has been, as far as canaries' records tell. Never rejects. */
  configuredAt?(target: Target, at: Date): Promise<Measured<ConfiguredThen[]>>;
  /** A text that is another one where these might be, undefined where that cannot be told; an answer is not kept without. */
  canariesMark?(target: Target): Promise<string | undefined>;
  /** What the review finds in an entity's services, without which an overview does not speak of it. */
  countFindings?(target: Target, now: Date): Promise<FindingCounts>;
  /** The objective that stands worst, without which an overview does not speak of it. Never rejects. */
  worstSloOf?(reader: OverviewReader): Promise<Measured<WorstSlo>>;
}

/** Who reads the overview of what, and when. */
export interface OverviewReader {
  entity: Entity;
  target: Target;
  credentials: BackstageCredentials;
  now: Date;
  /** Findings, and how the objectives stand, are only known of now. */
  isPast?: boolean;
}

/** An entity's mesh at a glance. */
export class OverviewService {
  readonly #options: OverviewOptions;

  constructor(options: OverviewOptions) {
    this.#options = options;
  }

  /** As `EntityView.madeOf`: canaries move between two readings of the traffic. */
  async madeOf(
    { window }: OverviewRequest,
    target: Target,
  ): Promise<string | undefined> {
    const readings = tablesRead(
      target.clusters.map(({ cluster }) => cluster),
      window,
      this.#options.tables,
    );
    const canaries = readings && (await this.#options.canariesMark?.(target));
    return canaries && JSON.stringify([readings, canaries]);
  }

  /** Never rejects for a source that fails: its row in `sources` says so. */
  async overview(
    target: Target,
    { window }: OverviewRequest,
    reader: Omit<OverviewReader, 'target'>,
  ): Promise<Overview> {
    const { now, isPast } = reader;
    const range = sparklineRange(now);
    const clusters = target.clusters.filter(
      ({ services }) => services.length > 0,
    );
    const [canary, then, findings, worst, ...answers] = await Promise.all([
      this.#options.canariesOf(target),
      isPast ? this.#options.configuredAt?.(target, now) : undefined,
      clusters.length > 0 && !isPast
        ? this.#options.countFindings?.(target, now)
        : undefined,
      clusters.length > 0 && !isPast
        ? this.#options.worstSloOf?.({ ...reader, target })
        : undefined,
      ...clusters.map(cluster =>
        gatherOverview(
          cluster,
          target.searched.map(({ cluster: one }) => one),
          window,
          range,
          this.#options.tables,
        ),
      ),
    ]);
    await inTurns();
    const gathered = uniteClusters(answers);
    await inTurns();
    const byCluster = trafficByCluster(gathered, secondsOf[window]);
    const total = totalTraffic(gathered, secondsOf[window]);
    await inTurns();
    const rows = gathered.flatMap(({ requests }) =>
      requests.status === 'known' ? requests.value : [],
    );
    const tcp = gathered.flatMap(cluster =>
      cluster.requests.status === 'known' && cluster.tcp.status === 'known'
        ? cluster.tcp.value
        : [],
    );
    return {
      entityRef: target.entityRef,
      window,
      observedAt: now.toISOString(),
      resolution: target.resolution,
      services: servicesOf(target),
      traffic: {
        total,
        ...(byCluster && { clusters: byCluster }),
        health: healthOf(
          total,
          gathered,
          {
            onset: totalOnset(gathered, secondsOf[window]),
            slowness: totalSlowness(gathered, total, secondsOf[window]),
          },
          isPast,
        ),
        sparkline: sparklineOf(gathered, range),
      },
      mtls: {
        observed: whyNothing(gathered) ?? encryptionOf(rows, tcp),
        plaintextCallers: plaintextCallers([...rows, ...opened(tcp)]),
      },
      canary,
      ...(then && { configuredThen: then }),
      ...(findings && { findings }),
      ...(worst && { worstSlo: worst }),
      sources: [
        ...searchedSources(target),
        ...gathered.map(({ telemetry }) => telemetry.source),
      ],
      queries: gathered.flatMap(({ telemetry }) => [...telemetry.queries]),
    };
  }
}

function sparklineOf(
  gathered: readonly GatheredOverview[],
  range: SparklineRange,
): Overview['traffic']['sparkline'] {
  return gathered.length === 0
    ? withoutServices()
    : readSparkline(gathered, range);
}
