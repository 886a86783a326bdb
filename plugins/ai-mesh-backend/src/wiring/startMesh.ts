import type { ServiceRef } from '@ai-mesh/plugin-ai-mesh-common';
import type { AiMeshSettings } from '../config/settings';
import { ChangedPlaces } from '../facts';
import { concealing } from '../http';
import { ConfigurationSignal } from '../live/ConfigurationSignal';
import { meshControlPlaneQuery } from '../security';
import { DefaultMeshClusters } from '../target/DefaultMeshClusters';
import { CatalogClaims, ServiceOwnerships } from '../target/ownership';
import { MeshHours, MeshReceived, MeshTables } from '../telemetry';
import { MeshWide } from '../topology';
import type { Services } from './services';

export type Mesh = ReturnType<typeof startMesh>;

/** Watches the clusters, and tells whose their services are. */
export function startMesh(
  { auth, catalog, lifecycle, logger, signals }: Services,
  settings: AiMeshSettings,
) {
  const clusterNames = settings.clusters.map(({ name }) => name);
  const changes = new ConfigurationSignal({ signals, logger });
  const changedPlaces = new ChangedPlaces(Date.now);
  const clusters = new DefaultMeshClusters(settings, {
    logger,
    onObjects: (kind, at) => {
      changes.changed(kind);
      changedPlaces.changed(kind, at);
    },
  });
  clusters.start();
  const tables = new MeshTables({
    ...settings.fleet,
    controlPlane: meshControlPlaneQuery(),
    onTurn: () => changes.turned(),
    patienceMs: 5_000,
  });
  lifecycle.addShutdownHook(async () => {
    changes.stop();
    tables.stop();
    await clusters.stop();
  });
  const claims = new CatalogClaims({ catalog, auth, clusters: clusterNames });
  const ownerships = new ServiceOwnerships({
    clusters,
    claims,
    settings: settings.ownership,
  });
  const neighbours = { clusters, ownerships, claims };
  return {
    clusters,
    clusterNames,
    changedPlaces,
    tables,
    wide: new MeshWide({
      clusters,
      tables,
      hours: new MeshHours(settings.fleet),
      received: new MeshReceived(settings.fleet),
    }),
    claims,
    ownerships,
    ownershipsOf: (refs: readonly ServiceRef[]) => ownerships.of(refs),
    neighbours,
    /** Takes out of what is told to everybody what not everybody may see; absent where neighbours are named. */
    conceal:
      settings.neighbours === 'anonymous'
        ? concealing({
            neighbours,
            clusters: clusterNames,
            credentials: () => auth.getOwnServiceCredentials(),
          })
        : undefined,
  };
}
