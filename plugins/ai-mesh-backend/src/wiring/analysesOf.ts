import type { MetricDialect } from '@ai-mesh/plugin-ai-mesh-node';
import { ScmIntegrations } from '@backstage/integration';
import type { RunningCanaries } from '../canary';
import type { AiMeshSettings } from '../config/settings';
import { OverviewService } from '../overview';
import { RecentFindings, ReviewService } from '../review';
import { RoutesService } from '../routes';
import { SecurityService } from '../security';
import {
  AiModelEntities,
  ObjectivesSource,
  RecentWorstSlos,
  SloService,
} from '../slo';
import type { CallersCatalog } from '../target/catalogForCallers';
import { TopologyService } from '../topology';
import type { Services } from './services';
import type { Mesh } from './startMesh';

export type Analyses = ReturnType<typeof analysesOf>;

/**
 * What answers each question about an entity's services.
 */
export function analysesOf(
  { config, lifecycle, logger, urlReader }: Services,
  {
    settings,
    catalog,
    mesh: { tables },
    canaries,
    dialects,
  }: {
    settings: AiMeshSettings;
    catalog: CallersCatalog;
    mesh: Mesh;
    canaries: RunningCanaries;
    dialects: MetricDialect[];
  },
) {
  const integrations = ScmIntegrations.fromConfig(config);
  const security = new SecurityService({
    lookBackSeconds: settings.security.lookBackMs / 1000,
  });
  const review = new ReviewService({
    readSecurity: (target, telemetry, now) =>
      security.readFacts(target, telemetry, now),
  });
  const findings = new RecentFindings(review);
  for (const problem of settings.slo.problems) {
    logger.warn(problem);
  }
  const objectives = new ObjectivesSource({
    reader: urlReader,
    resolveUrl: (url, base) => integrations.resolveUrl({ url, base }),
    limits: settings.slo.limits,
  });
  lifecycle.addShutdownHook(() => objectives.stop());
  const models = new AiModelEntities({ catalog });
  const slos = new SloService({
    settings: {
      ...settings.slo,
      dialects: [...dialects, ...settings.slo.dialects],
    },
    objectives,
    models,
  });
  const worstSlos = new RecentWorstSlos(slos);
  return {
    integrations,
    models,
    security,
    review,
    slos,
    routes: new RoutesService(settings.slo.podLabels, tables),
    overviews: new OverviewService({
      tables,
      canariesOf: target => canaries.glance(target),
      configuredAt: (target, at) => canaries.configuredAt(target, at),
      canariesMark: target => canaries.glanceMark(target),
      countFindings: (target, now) => findings.count(target, now),
      worstSloOf: reader => worstSlos.of(reader),
    }),
    topology: new TopologyService({
      tables,
      configuredAt: (target, at) => canaries.configuredAt(target, at),
      countFindings: (target, now) => findings.countEach(target, now),
      objectiveOf: reader => worstSlos.known(reader),
    }),
  };
}
