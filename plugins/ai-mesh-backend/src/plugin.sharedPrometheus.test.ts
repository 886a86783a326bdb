import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import type { Source } from '@ai-mesh/plugin-ai-mesh-common';
import {
  clusterOn,
  component,
  startPortal,
  type Portal,
} from './__testUtils__/startPortal';
import { serve, type TestServer } from './target/__testUtils__/serve';

jest.setTimeout(60_000);

const clusters = ['east', 'west'];

describe('two clusters on one Prometheus whose series name no cluster', () => {
  let sandbox: RunningSandbox;
  let prometheus: TestServer;
  let portal: Portal;

  beforeAll(async () => {
    sandbox = await startSandbox();
    prometheus = await serve((request, response) => {
      const at = Date.now() / 1000;
      const isRange = request.url?.includes('query_range');
      const metric = {
        reporter: 'source',
        source_workload: 'ai-orchestrator',
        source_workload_namespace: 'ai-services',
        destination_service_name: 'ai-chat-service',
        destination_service_namespace: 'ai-services',
        response_code: '200',
      };
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(
        JSON.stringify({
          status: 'success',
          data: isRange
            ? {
                resultType: 'matrix',
                result: [{ metric, values: [[at, '1']] }],
              }
            : { resultType: 'vector', result: [{ metric, value: [at, '1'] }] },
        }),
      );
    });
    portal = await startPortal(
      clusters.map(name => ({
        ...clusterOn(sandbox, { prometheus: { url: prometheus.url } }),
        name,
      })),
      [
        component('chat', {
          'ai-mesh.io/service': 'ai-services/ai-chat-service',
        }),
      ],
    );
  });

  afterAll(async () => {
    await portal?.stop();
    await prometheus?.stop();
    await sandbox?.stop();
  });

  it.each(['overview', 'topology', 'routes', 'review', 'slos', 'security'])(
    'are said to be mixed up in %s',
    async view => {
      const { status, body } = await portal.read(`chat/${view}`);
      expect(status).toBe(200);
      const sources: Source[] = body.sources;
      const ofPrometheus = sources.filter(({ name }) => name === 'prometheus');
      expect(ofPrometheus.map(({ cluster }) => cluster)).toEqual(clusters);
      expect(ofPrometheus.map(({ message }) => message)).toEqual([
        expect.stringContaining(
          "'east' and 'west' are read from one Prometheus",
        ),
        expect.stringContaining(
          "'west' and 'east' are read from one Prometheus",
        ),
      ]);
    },
  );
});
