import {
  ANNOTATION_METRICS,
  ANNOTATION_MODELS,
  said,
  wording,
  type Measured,
  type ModelSlos,
  type SloRulesRequest,
  type Slos,
  type SlosRequest,
  type Source,
  type WorstSlo,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { InputError, isError, NotFoundError } from '@backstage/errors';
import { worded } from '../worded';
import { searchedSources } from '../target/searchedSources';
import { withExtraLabels } from '../prometheus/extraLabels';
import type { Expr } from '../prometheus/promql';
import type { Target } from '../target/Target';
import { ClusterTelemetry } from '../telemetry';
import { acrossClusters } from './acrossClusters';
import { dashboard } from './dashboard/dashboard';
import { clusterSlos } from './gather/clusterSlos';
import type { EntityOnCluster } from './gather/EntityOnCluster';
import { entitySeries } from './gather/entitySeries';
import { readEntity } from './gather/readEntity';
import { links } from './links';
import { mergeClusters } from './mergeClusters';
import type { AiModelEntities, ModelRefs } from './models/AiModelEntities';
import type { ObjectivesSource } from './openslo/ObjectivesSource';
import {
  ruleFile,
  ruleObject,
  type Download,
  type RuleObject,
} from './rules/ruleFile';
import { ruleGroups } from './rules/ruleGroups';
import type { SloSettings } from './SloSettings';
import { worstSlo } from './worstSlo';

const WINDOW_SECONDS: Record<SlosRequest['window'], number> = {
  '1h': 3600,
  '6h': 21_600,
  '1d': 86_400,
  '7d': 604_800,
  '30d': 2_592_000,
};

/** Who asks about what, and when. */
export interface SloContext {
  entity: Entity;
  target: Target;
  now: Date;
  /** Of budgets over time; none for who looks at none. */
  mostCharts?: number;
}

/** An entity's models and how they keep what was promised of them. */
export class SloService {
  readonly #settings: SloSettings;
  readonly #objectives: Pick<ObjectivesSource, 'read'>;
  readonly #models: Pick<AiModelEntities, 'forReader'>;

  constructor(options: {
    settings: SloSettings;
    objectives: Pick<ObjectivesSource, 'read'>;
    models: Pick<AiModelEntities, 'forReader'>;
  }) {
    this.#settings = options.settings;
    this.#objectives = options.objectives;
    this.#models = options.models;
  }

  /** Never rejects for a source that fails: its row in `sources` says so. */
  async slos(
    { window }: SlosRequest,
    context: SloContext,
    credentials: BackstageCredentials,
  ): Promise<Slos> {
    const { target, now, entity, mostCharts } = context;
    const [clusters, catalog] = await Promise.all([
      this.#entities(context),
      this.#modelEntities(credentials),
    ]);
    const gathered = await Promise.all(
      clusters.map(one =>
        clusterSlos(one, {
          windowSeconds: WINDOW_SECONDS[window],
          settings: this.#settings,
          entities: catalog.refs,
          now,
          mostCharts,
        }),
      ),
    );
    return {
      entityRef: target.entityRef,
      window,
      observedAt: now.toISOString(),
      resolution: target.resolution,
      ...mergeClusters(gathered),
      models: inOrder(
        gathered.flatMap(({ models }) => models),
        entity.metadata.annotations?.[ANNOTATION_MODELS] ?? '',
      ),
      objectives: gathered.flatMap(({ objectives }) => objectives),
      ...(clusters.length > 1 && {
        acrossClusters: acrossClusters(
          gathered.map((slos, index) => ({ entity: clusters[index], slos })),
        ),
      }),
      links: links(this.#settings.links, target.entityRef, serviceOf(target)),
      problems: [
        ...this.#settings.problems.map(message => ({
          source: 'configuration',
          message,
        })),
        ...distinct(gathered.flatMap(({ problems }) => problems)),
      ],
      sources: [
        ...searchedSources(target),
        ...gathered.map(({ telemetry }) => telemetry.source),
        catalog.source,
      ],
      queries: gathered.flatMap(({ telemetry }) => [...telemetry.queries]),
    };
  }

  /**
   * Recording and alerting rules for one cluster's Prometheus.
   *
   * @throws InputError for a cluster that the entity is not on; NotFoundError where there is nothing to make rules of
   */
  async rules(
    { format, cluster }: SloRulesRequest,
    context: SloContext,
  ): Promise<Download> {
    const { groups, subject, asSent } = await this.#ruleGroups(
      context,
      cluster,
    );
    return ruleFile(groups, subject, format, asSent);
  }

  /** The same rules as the Prometheus operator's object has them; no object where nothing of the entity has a namespace. */
  async ruleObject(
    { cluster }: Pick<SloRulesRequest, 'cluster'>,
    context: SloContext,
  ): Promise<RuleObject> {
    const found = await this.#ruleGroups(context, cluster);
    const { groups, subject, asSent } = found;
    return ruleObject(groups, subject, found.cluster, asSent);
  }

  async #ruleGroups(context: SloContext, cluster?: string) {
    const { entity, reading } = await this.#read(context, cluster);
    const [service] = entity.target.services;
    const extraLabels = entity.target.cluster.prometheus?.extraLabels ?? {};
    const subject = {
      entityRef: entity.entityRef,
      extraLabels,
      namespace: service?.namespace ?? entity.target.workloads[0]?.namespace,
      ...(entity.target.services.length === 1 && { service: service.name }),
    };
    const groups = await ruleGroups(
      reading.objectives,
      subject,
      reading.context,
    );
    if (groups.length === 0) {
      throw worded(
        NotFoundError,
        wording('request.noRules', { entity: entity.entityRef }),
        ...(reading.notes.length > 0
          ? reading.notes
          : [wording('request.noneMeasured')]),
      );
    }
    return {
      cluster: entity.target.cluster.name,
      groups,
      subject,
      asSent: (promql: Expr) => withExtraLabels(promql, extraLabels),
    };
  }

  /** A Grafana dashboard; throws as {@link SloService.rules} does. */
  async dashboard(context: SloContext): Promise<Download> {
    const { entity, reading } = await this.#read(context);
    const extraLabels = entity.target.cluster.prometheus?.extraLabels ?? {};
    return dashboard(
      reading.objectives,
      entity.entityRef,
      reading.context,
      promql => withExtraLabels(promql, extraLabels),
    );
  }

  /** The objective that stands worst, for a tile. */
  async worst(
    context: SloContext,
    credentials: BackstageCredentials,
  ): Promise<Measured<WorstSlo>> {
    return worstSlo(await this.slos({ window: '6h' }, context, credentials));
  }

  async #read(context: SloContext, cluster?: string) {
    const entities = await this.#entities(context);
    const entity = cluster
      ? entities.find(({ target }) => target.cluster.name === cluster)
      : entities[0];
    if (!entity) {
      const names = entities.map(({ target }) => target.cluster.name);
      throw cluster && names.length > 0
        ? worded(
            InputError,
            wording('request.otherCluster', { clusters: names.join(', ') }),
          )
        : worded(
            NotFoundError,
            wording('request.nowhere', { entity: context.target.entityRef }),
          );
    }
    const telemetry = new ClusterTelemetry(entity.target.cluster);
    const reading = await readEntity(entity, telemetry, this.#settings);
    return { entity, reading };
  }

  async #entities({ entity, target }: SloContext): Promise<EntityOnCluster[]> {
    const written = await this.#objectives.read(entity);
    return target.clusters.map(one => ({
      entityRef: target.entityRef,
      target: one,
      configured: target.searched.map(({ cluster }) => cluster),
      series: entitySeries(one, this.#settings.podLabels),
      forcedDialect:
        entity.metadata.annotations?.[ANNOTATION_METRICS]?.trim() || undefined,
      written,
    }));
  }

  /** A catalog that does not answer costs the links, and nothing else. */
  async #modelEntities(
    credentials: BackstageCredentials,
  ): Promise<{ refs: ModelRefs; source: Source }> {
    try {
      const refs = await this.#models.forReader(credentials);
      return { refs, source: { name: 'catalog', status: 'ok' } };
    } catch (error) {
      return {
        refs: new Map(),
        source: {
          name: 'catalog',
          status: 'unreachable',
          ...said(
            wording('source.models', {
              text: isError(error) ? error.message : String(error),
            }),
          ),
        },
      };
    }
  }
}

function serviceOf({ clusters }: Target) {
  const [first] = clusters.flatMap(({ cluster, services }) =>
    services.map(({ namespace, name }) => ({
      cluster: cluster.name,
      namespace,
      name,
    })),
  );
  return first;
}

/** Those that the entity names first, then the busiest. */
function inOrder(models: ModelSlos[], annotation: string): ModelSlos[] {
  const first = annotation.split(',').map(name => name.trim());
  const rank = ({ model }: ModelSlos) =>
    first.includes(model) ? first.indexOf(model) : first.length;
  const traffic = ({ requestsPerSecond }: ModelSlos) =>
    requestsPerSecond.status === 'known' ? requestsPerSecond.value : -1;
  return [...models].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      traffic(b) - traffic(a) ||
      a.model.localeCompare(b.model),
  );
}

/** The same file is read for every cluster: what is wrong with it is said once. */
function distinct<T>(problems: readonly T[]): T[] {
  return [...new Map(problems.map(one => [JSON.stringify(one), one])).values()];
}
