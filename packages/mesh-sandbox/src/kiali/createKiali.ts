import express, { Request, Response, Router } from 'express';
import { Faults } from '../faults';
import { Access } from '../kubernetes';
import { MeshModel } from '../mesh';
import { IstioMetrics } from '../metrics';
import { ObjectStore } from '../store';
import { surfaceFaults } from '../server/surfaceFaults';
import { buildGraph } from './buildGraph';
import { HealthType, healthOf, worstByNamespace } from './health';
import { istioConfig, validationCounts } from './istioConfig';
import { KialiError, KialiQuery } from './KialiQuery';
import { KialiSessions, KialiStrategy } from './KialiSessions';
import { KialiVersion } from './KialiVersion';
import { meshTls, namespaceTls, TlsStatus } from './tlsStatus';
import { TrafficWindow } from './TrafficWindow';
import { validate } from './validations';

export interface KialiOptions {
  store: ObjectStore;
  engine: { readonly nowMs: number; readonly model: MeshModel };
  metrics: IstioMetrics;
  faults: Faults;
  access: Access;
  cluster: string;
  /** What Kiali is told that its cluster is called, where that is not the metrics' name of it. */
  ownName?: string;
  strategy: KialiStrategy;
  /** The version to be like: `2.31.0`. */
  version: string;
}

export interface Kiali {
  /** To be mounted at Kiali's web root. */
  router: Router;
  sessions: KialiSessions;
  /** To be called each second of simulated time. */
  tick(): void;
}

/** A stand-in for Kiali: the endpoints that a client of its graph, health and validations uses. */
export function createKiali(options: KialiOptions): Kiali {
  const { engine, faults } = options;
  const version = new KialiVersion(options.version);
  const window = new TrafficWindow(options.metrics, () => engine.nowMs);
  const sessions = new KialiSessions({ ...options, version });
  const router = express.Router();
  router.use(surfaceFaults('kiali', faults));
  router.use('/api', sessions.routes());
  router.get('/api/status', (_request, response) => {
    response.json(statusOf(version));
  });
  router.use('/api', sessions.required());
  router.use('/api', apiRoutes(options, version, window));
  router.use(refused);
  return { router, sessions, tick: () => window.tick() };
}

function statusOf(version: KialiVersion) {
  return {
    status: {
      'Kiali commit hash': 'sandbox',
      'Kiali container version': `v${version.text}`,
      'Kiali state': 'running',
      'Kiali version': `v${version.text}`,
      'Mesh name': 'Istio',
      'Mesh version': '1.29.2',
    },
    externalServices: [
      { name: 'Istio', version: '1.29.2' },
      { name: 'Prometheus' },
      { name: 'Kubernetes', version: 'v1.33.0' },
    ],
    warningMessages: [],
    istioEnvironment: { isMaistra: false, istioAPIEnabled: true },
  };
}

function apiRoutes(
  options: KialiOptions,
  version: KialiVersion,
  window: TrafficWindow,
): Router {
  const { store, engine, cluster } = options;
  const router = express.Router();
  const get = (
    path: string,
    /** Since 2.31 others are refused; undefined: the graph takes any. */
    parameters: readonly string[] | undefined,
    answer: (query: KialiQuery, request: Request) => unknown,
  ) => {
    router.get(path, (request, response) => {
      const query = new KialiQuery(request);
      if (parameters && version.atLeast(2, 31)) {
        query.allowOnly([...parameters, 'clusterName']);
      }
      response.json(answer(query, request));
    });
  };
  const allNamespaces = () =>
    store.list('', 'Namespace').map(({ metadata }) => metadata.name);
  const accessible = (names: readonly string[], bare = false) => {
    const known = allNamespaces();
    const stranger = names.find(name => !known.includes(name));
    if (stranger !== undefined) {
      throw new KialiError(
        403,
        `Namespace [${stranger}] is not accessible for this user`,
        bare,
      );
    }
    return names;
  };
  /** Of those that were asked for; Kiali leaves the unknown ones out. */
  const knownOf = (names: readonly string[] | undefined) =>
    allNamespaces().filter(name => !names || names.includes(name));
  const graph = (
    query: KialiQuery,
    namespaces: readonly string[],
    only?: (text: string) => boolean,
  ) => {
    const { durationSeconds, ...rest } = query.graph();
    const elements = buildGraph(engine.model, store, window, {
      ...rest,
      durationSeconds,
      namespaces,
      cluster,
      hash: version.atLeast(2, 4) ? 'sha256' : 'md5',
    });
    return {
      timestamp: Number(query.text('queryTime') ?? unixSeconds()),
      duration: durationSeconds,
      graphType: rest.graphType,
      elements: only ? neighbourhood(elements, only) : elements,
    };
  };
  const tls = (status: string, namespace?: string): TlsStatus => ({
    status,
    autoMTLSEnabled: engine.model.settings.autoMtls,
    minTLS: 'N/A',
    cluster,
    ...(namespace && { namespace }),
  });

  get('/namespaces', [], () =>
    store.list('', 'Namespace').map(({ metadata }) => ({
      name: metadata.name,
      cluster,
      labels: metadata.labels ?? {},
      annotations: metadata.annotations ?? {},
    })),
  );
  get('/namespaces/graph', undefined, query => {
    const namespaces = query.list('namespaces');
    if (!namespaces) {
      throw new KialiError(
        400,
        'At least one namespace must be specified via the namespaces query parameter.',
      );
    }
    return graph(query, accessible(namespaces));
  });
  get(
    '/namespaces/:namespace/:type(workloads|services|applications)/:name/graph',
    undefined,
    (query, request) => {
      const { namespace, type, name } = request.params;
      const field = type === 'applications' ? 'app' : type.slice(0, -1);
      const wanted = JSON.stringify({ [field]: name }).slice(1, -1);
      return graph(query, accessible([namespace]), text =>
        text.includes(wanted),
      );
    },
  );
  get('/mesh/tls', [], () => {
    if (
      ![...engine.model.workloads.values()].some(one => one.app === 'istiod')
    ) {
      throw new KialiError(500, 'Error while fetching the control planes');
    }
    return tls(meshTls(store, engine.model.settings));
  });
  get('/namespaces/:namespace/tls', [], (_query, { params }) => {
    const [namespace] = accessible([params.namespace], true);
    return tls(
      namespaceTls(store, engine.model.settings, namespace),
      namespace,
    );
  });
  if (version.atLeast(1, 81)) {
    get('/clusters/tls', ['namespaces'], query =>
      knownOf(query.list('namespaces')).map(namespace =>
        tls(namespaceTls(store, engine.model.settings, namespace), namespace),
      ),
    );
  }
  if (version.atLeast(1, 82)) {
    const parameters = ['namespaces', 'type', 'rateInterval', 'queryTime'];
    get('/clusters/health', parameters, query => {
      const types: HealthType[] = ['app', 'service', 'workload'];
      const type = query.oneOf('type', types, 'app');
      const health = healthOf(type, knownOf(query.list('namespaces')), {
        model: engine.model,
        store,
        window,
        version,
        seconds: query.seconds('rateInterval', '10m'),
        // Kiali asks Prometheus for series of its own cluster's name alone.
        blind: (options.ownName ?? cluster) !== cluster,
      });
      const name = `${type[0].toUpperCase()}${type.slice(1)}`;
      return {
        [`namespace${name}Health`]: health,
        ...(version.atLeast(2, 22) && {
          namespaceHealth: worstByNamespace(health),
        }),
      };
    });
  }
  get(
    '/istio/config',
    ['objects', 'validate', 'labelSelector', 'workloadSelector'],
    query => {
      const wanted = query.list('objects', version.atLeast(2, 0) ? ';' : ',');
      return istioConfig(
        store,
        version,
        wanted,
        query.text('validate') === undefined
          ? undefined
          : validate(engine.model, store),
        undefined,
      );
    },
  );
  get('/istio/validations', ['namespaces'], query =>
    validationCounts(
      version,
      cluster,
      knownOf(query.list('namespaces')),
      validate(engine.model, store),
    ),
  );
  router.use((_request, response) => {
    response.status(404).type('text/plain').send('404 page not found\n');
  });
  return router;
}

/** Of a graph what touches the nodes that fit. */
function neighbourhood(
  { nodes, edges }: ReturnType<typeof buildGraph>,
  fits: (text: string) => boolean,
): ReturnType<typeof buildGraph> {
  const idOf = ({ data }: { data: unknown }) => (data as { id: string }).id;
  const own = new Set(
    nodes.filter(({ data }) => fits(JSON.stringify(data))).map(idOf),
  );
  const kept = edges.filter(
    ({ data }) => own.has(String(data.source)) || own.has(String(data.target)),
  );
  const near = new Set(
    kept.flatMap(({ data }) => [String(data.source), String(data.target)]),
  );
  return {
    nodes: nodes.filter(node => own.has(idOf(node)) || near.has(idOf(node))),
    edges: kept,
  };
}

function unixSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** Express knows an error handler by its four parameters. */
function refused(
  error: Error,
  _request: Request,
  response: Response,
  next: (error: Error) => void,
) {
  if (!(error instanceof KialiError)) {
    next(error);
  } else if (error.bare) {
    response.status(error.status).json(error.message);
  } else {
    response.status(error.status).json({ error: error.message });
  }
}
