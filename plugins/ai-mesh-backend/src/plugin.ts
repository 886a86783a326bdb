import { aiMeshPermissions } from '@ai-mesh/plugin-ai-mesh-common';
import {
  canaryGatesExtensionPoint,
  metricDialectsExtensionPoint,
  type CanaryGate,
  type MetricDialect,
} from '@ai-mesh/plugin-ai-mesh-node';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { howToConfigure, readSettings } from './config/readSettings';
import { startsWithoutPlugin } from './config/startsWithoutPlugin';
import { scorecardRules } from './facts';
import { ReadableEntities, unusableSettings } from './http';
import { OwnMetrics } from './ownMetrics/OwnMetrics';
import { catalogForCallers } from './target/catalogForCallers';
import { permissionsForMany } from './target/permissionsForMany';
import { analysesOf } from './wiring/analysesOf';
import { seenBy } from './wiring/seenBy';
import { serve } from './wiring/serve';
import { services, type Services } from './wiring/services';
import { startCanaries } from './wiring/startCanaries';
import { startFacts } from './wiring/startFacts';
import { startFixes } from './wiring/startFixes';
import { startMesh } from './wiring/startMesh';

/**
 * AI Mesh's backend: reads the service mesh around the catalog's entities.
 *
 * @public
 */
export const aiMeshPlugin = createBackendPlugin({
  pluginId: 'ai-mesh',
  register(env) {
    const dialects: MetricDialect[] = [];
    env.registerExtensionPoint(metricDialectsExtensionPoint, {
      addDialects: (...added) => {
        dialects.push(...added);
      },
    });
    const codeGates: CanaryGate[] = [];
    env.registerExtensionPoint(canaryGatesExtensionPoint, {
      addGates: (...added) => {
        codeGates.push(...added);
      },
    });
    env.registerInit({
      deps: services,
      init: found =>
        start(
          { ...found, permissions: permissionsForMany(found.permissions) },
          { dialects, codeGates },
        ),
    });
  },
});

/** What other modules have added. */
interface Added {
  dialects: MetricDialect[];
  codeGates: CanaryGate[];
}

async function start(found: Services, { dialects, codeGates }: Added) {
  const { auth, httpRouter, lifecycle, logger, metrics, permissions } = found;
  const catalog = catalogForCallers(found.catalog, auth);
  const entities = new ReadableEntities({ catalog, permissions });
  found.permissionsRegistry.addPermissions(aiMeshPermissions);
  const settings = usableSettings(found, entities);
  if (!settings) {
    return;
  }
  const rules = scorecardRules(settings.scorecard);
  if (settings.clusters.length === 0) {
    logger.warn(howToConfigure);
  }
  const ownMetrics = new OwnMetrics({ metrics, logger });
  lifecycle.addShutdownHook(() => ownMetrics.stop());
  httpRouter.use(ownMetrics.measureRequests);
  const mesh = startMesh(found, settings);
  const seen = seenBy({ catalog, entities, mesh }, settings);
  const canaries = await startCanaries(found, {
    settings,
    mesh,
    codeGates,
    ownMetrics,
  });
  const analyses = analysesOf(found, {
    settings,
    catalog,
    mesh,
    canaries,
    dialects,
  });
  const facts = await startFacts(found, {
    settings,
    rules,
    mesh,
    seen,
    analyses,
    canaries,
  });
  ownMetrics.start({
    canaries: () => canaries.numbers(),
    clusters: () => mesh.clusters.numbers(new Date()),
    facts: () => facts.numbers(),
    tables: () => mesh.tables.numbers,
  });
  const fixes = await startFixes(found, {
    settings,
    mesh,
    integrations: analyses.integrations,
  });
  serve(found, {
    settings,
    rules,
    catalog,
    mesh,
    seen,
    analyses,
    canaries,
    facts,
    fixes,
  });
}

/** Undefined where they are unusable and the portal is to start all the same: then every route says why. */
function usableSettings(
  { config, httpAuth, httpRouter, logger }: Services,
  entities: ReadableEntities,
) {
  try {
    return readSettings(config);
  } catch (error) {
    if (
      !(error instanceof InputError) ||
      !startsWithoutPlugin(config, 'ai-mesh')
    ) {
      throw error;
    }
    logger.error(error.message);
    httpRouter.use(
      unusableSettings({ httpAuth, entities, why: error.message }),
    );
    return undefined;
  }
}
