import { startSandbox } from '@ai-mesh/mesh-sandbox/testing';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { readSettings } from '../../config/readSettings';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { DefaultMeshClusters } from '../../target/DefaultMeshClusters';
import { judgeService } from '../judgeService';
import { subjectOf } from './reviewOf';

/** Reviews a simulated mesh of so many services from a warm snapshot, and prints what it takes as JSON. */
async function measure(services: number): Promise<void> {
  const sandbox = await startSandbox(['--services', String(services)], {
    timeoutMs: 120_000,
  });
  const clusters = new DefaultMeshClusters(
    readSettings(
      new ConfigReader({
        aiMesh: {
          clusters: [
            {
              name: 'bench',
              kubernetes: {
                url: sandbox.kubernetes,
                serviceAccountToken: sandbox.tokens.reader,
              },
            },
          ],
        },
      }),
    ),
    {
      logger: mockServices.rootLogger({ level: 'none' }),
      onObjects: () => undefined,
    },
  );
  clusters.start();
  try {
    const snapshot = await synced(clusters, services);
    await sandbox.stop();
    const names = snapshot.all('Service').map(({ metadata }) => ({
      namespace: metadata.namespace!,
      name: metadata.name,
    }));
    const review = (service: (typeof names)[number]) =>
      judgeService(subjectOf(snapshot, { service })).findings.length;
    const started = performance.now();
    const findings = names.reduce((sum, service) => sum + review(service), 0);
    const fleetMs = performance.now() - started;
    const oneMs = names.map(service => {
      const at = performance.now();
      review(service);
      return performance.now() - at;
    });
    console.log(
      JSON.stringify({
        services: names.length,
        findings,
        fleetMs,
        oneMs,
        ...memoryOf(names.map(service => () => void review(service))),
      }),
    );
  } finally {
    await clusters.stop();
    await sandbox.stop();
  }
}

/** The heap that reviewing everything needs beyond the snapshot (MB): at most, garbage included, and what it keeps. */
function memoryOf(reviews: (() => void)[]): { mostMb: number; keptMb: number } {
  const { gc } = globalThis;
  if (!gc) {
    throw new Error('Memory is measured with node --expose-gc only');
  }
  const used = () => process.memoryUsage().heapUsed / 2 ** 20;
  gc();
  const before = used();
  const most = Math.max(
    ...reviews.map(review => {
      review();
      return used();
    }),
  );
  gc();
  return { mostMb: most - before, keptMb: used() - before };
}

async function synced(
  clusters: DefaultMeshClusters,
  services: number,
): Promise<MeshSnapshot> {
  for (;;) {
    const snapshot = await clusters.get('bench')!.snapshots.snapshot();
    const pods = snapshot.all('Pod').length;
    if (snapshot.all('Service').length >= services && pods >= services) {
      return snapshot;
    }
    await new Promise(resolve => setTimeout(resolve, 250));
  }
}

measure(Number(process.argv[2])).then(
  () => process.exit(0),
  error => {
    console.error(error);
    process.exit(1);
  },
);
