import {
  wording,
  wordsOf,
  type Measured,
  type ObjectiveProblem,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  ClusterNames,
  mixedClusters,
  remarkDroppedLabels,
  whatLacks,
  type ClusterTelemetry,
} from '../../telemetry';
import { allDialects } from '../dialects/allDialects';
import { chooseDialect, type DialectChoice } from '../dialects/chooseDialect';
import { inventoryQuery } from '../dialects/inventoryQuery';
import { ISTIO } from '../dialects/istioDialect';
import { SeriesInventory, type SeenModel } from '../dialects/SeriesInventory';
import { whatKeepsItsName } from '../dialects/versionNames';
import { defaultObjectives } from '../objectives/defaultObjectives';
import { seriesCountQuery, sparingDear } from '../objectives/dearObjectives';
import { confineObjectives } from '../objectives/openSloObjectives';
import type { ReadObjectives } from '../objectives/Problem';
import type { SloObjective } from '../objectives/SloObjective';
import type { RuleContext } from '../rules/eventExpressions';
import { compileSignals } from '../signals/compileSignals';
import type { EntitySignals } from '../signals/EntitySignals';
import type { SloSettings } from '../SloSettings';
import type { EntityOnCluster } from './EntityOnCluster';
import { modelsByWorkload } from './modelOfWorkload';
import { ownSeries } from './ownSeries';
import { versionNamesOf } from './versionNamesOf';

/** Which series appear changes with deployments, not with requests. */
const INVENTORY_KEEP_MS = 60_000;

/** An entity's dialect and objectives: what its rules and its dashboard are made from. */
export interface EntityReading {
  choice: DialectChoice;
  signals?: EntitySignals;
  context: RuleContext;
  /** Seen in the last 24 h. */
  models: readonly SeenModel[];
  objectives: readonly SloObjective[];
  problems: readonly ObjectiveProblem[];
  notes: readonly Words[];
  /** Whether Istio's series name the clusters of their ends. */
  clustersAreTold: boolean;
  /** Why nothing could be read at all. */
  unread?: Measured<never>;
}

/** One question: which series exist; for counters of the entity's own one more: how many. */
export async function readEntity(
  entity: EntityOnCluster,
  telemetry: ClusterTelemetry,
  settings: SloSettings,
): Promise<EntityReading> {
  const dialects = allDialects(settings.dialects);
  const keep = { keepForMs: INVENTORY_KEEP_MS };
  const wanted = objectivesOf(entity, settings);
  const [rows, counts] = await Promise.all([
    telemetry.rates('ai-series', inventoryQuery(dialects, entity.series), keep),
    telemetry.rates('custom-series', seriesCountQuery(wanted.objectives), keep),
  ]);
  const present = rows.status === 'known' ? rows.value : [];
  const { cluster } = entity.target;
  const names = new ClusterNames(cluster, entity.configured);
  names.name(present);
  telemetry.remark(mixedClusters(cluster, entity.configured, names));
  const versionNames = versionNamesOf(entity.target, present);
  telemetry.remark(whatKeepsItsName(versionNames));
  const series = { ...entity.series, versionNames };
  const inventory = new SeriesInventory(present, versionNames);
  const choice = chooseDialect(dialects, inventory, entity.forcedDialect);
  if (rows.status === 'known' && present.length === 0) {
    await remarkDroppedLabels(telemetry, entity.target.services);
  } else if (choice.dialect?.name === ISTIO) {
    // Callers are told from each other within the questions, where a label that is missing is not seen.
    const namespaces = entity.target.services.map(({ namespace }) => namespace);
    telemetry.remark(whatLacks(present, [...new Set(namespaces)]));
  }
  const signals =
    choice.dialect && compileSignals(choice.dialect, series, inventory);
  const models = choice.dialect ? inventory.models(choice.dialect) : [];
  return {
    choice,
    signals,
    context: { signals, modelOfWorkload: modelsByWorkload(models) },
    models,
    clustersAreTold: inventory.reportingClusters().length > 0,
    objectives: sparingDear(wanted.objectives, counts, settings.limits.series),
    problems: wanted.problems,
    notes:
      rows.status === 'unknown'
        ? [
            wording('dialect.unasked'),
            ...(rows.message === undefined
              ? [wording(`unknown.${rows.reason}`)]
              : wordsOf(rows)),
          ]
        : [],
    ...(rows.status === 'unknown' && { unread: rows }),
  };
}

/**
 * An entity's own objectives, else those of the configuration. A file that cannot be read is not replaced by others: what
 * was promised is then not known.
 */
function objectivesOf(
  { written, target }: EntityOnCluster,
  settings: SloSettings,
): ReadObjectives {
  if (!written) {
    return { objectives: defaultObjectives(settings.objectives), problems: [] };
  }
  const { cluster, proven } = target;
  return confineObjectives(
    written,
    ownSeries(target, settings.podLabels),
    proven && proven.services.length > 0
      ? wording('objective.nothingBehind', { cluster: cluster.name })
      : wording('objective.noneProven', { cluster: cluster.name }),
  );
}
