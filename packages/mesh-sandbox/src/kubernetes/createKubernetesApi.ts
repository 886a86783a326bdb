import express, { Express, RequestHandler } from 'express';
import { faultMiddleware } from '../faults/faultMiddleware';
import { Faults } from '../faults/Faults';
import { ObjectStore } from '../store/ObjectStore';
import { Access } from './access/Access';
import { authenticate, tokenFromPath } from './access/authenticate';
import { ApiContext } from './ApiContext';
import { ListPages } from './read/ListPages';
import { ObjectJson } from './read/ObjectJson';
import { parseResourcePath } from './request/ResourceRequest';
import { serveApi } from './request/serveApi';
import { startingUp } from './request/startingUp';
import { qualified } from './status/refusals';
import { refuse } from './status/refuse';
import { statusOfCode } from './status/statusOfCode';
import { SchemaValidator } from './validation/SchemaValidator';
import { WatchHub } from './watch/WatchHub';

export interface KubernetesApiOptions {
  store: ObjectStore;
  faults?: Faults;
  /** Tokens and rights; by default the three documented tokens. */
  access?: Access;
  /** Defaults to the store's clock. */
  clock?: () => Date;
  /** Defaults to the schemas of Istio and the Gateway API. */
  validator?: SchemaValidator;
  /** How often a watch that allows bookmarks gets one; 10 s by default. */
  bookmarkIntervalMs?: number;
  /** Hears of errors that are the sandbox's own fault; they are answered with 500. Written to stderr by default. */
  onInternalError?: (error: unknown) => void;
}

/** A Kubernetes API server over an {@link ObjectStore}. */
export interface KubernetesApi {
  /** Answers `/api`, `/apis`, `/openapi`, `/version` and the health endpoints, and passes everything else on. */
  app: Express;
  access: Access;
  /** Watches that are running. */
  readonly watchCount: number;
  /** Makes every version and page token that clients hold too old: 410 Gone. */
  expireHistory(): void;
  /** Cuts all watches and stops the timers. */
  close(): void;
}

const ownPaths = /^\/(api|apis|openapi|version|healthz|livez|readyz)(\/|$)/;

/** Makes the API; it still has to be listened on, with `http.createServer(api.app)` or as part of another app. */
export function createKubernetesApi(
  options: KubernetesApiOptions,
): KubernetesApi {
  const { store, bookmarkIntervalMs = 10_000 } = options;
  const clock = options.clock ?? (() => store.now());
  const faults = options.faults ?? new Faults();
  const context: ApiContext = {
    store,
    clock,
    faults,
    access: options.access ?? new Access(),
    validator: options.validator ?? new SchemaValidator(),
    json: new ObjectJson(),
    pages: new ListPages({ clock }),
    watches: new WatchHub({ store, faults, bookmarkIntervalMs }),
  };
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(tokenFromPath());
  app.use(onOwnPaths(express.raw({ type: () => true, limit: '3mb' })));
  app.use(onOwnPaths(authenticate(context.access)));
  app.use(onOwnPaths(kubernetesFaults(context)));
  app.use(onOwnPaths(startingUp(context)));
  app.use(onOwnPaths(serveApi(context)));
  app.use(refuse(options.onInternalError ?? reportToStderr));
  return {
    app,
    access: context.access,
    get watchCount() {
      return context.watches.size;
    },
    expireHistory() {
      store.compact();
      context.pages.expire();
    },
    close: () => context.watches.close(),
  };
}

/** The sandbox serves more than this API on its port: what is not of this API is left to others. */
function onOwnPaths(handler: RequestHandler): RequestHandler {
  return (request, response, next) =>
    ownPaths.test(request.path) ? handler(request, response, next) : next();
}

function kubernetesFaults({ faults, store }: ApiContext): RequestHandler {
  return faultMiddleware({
    faults,
    subject: ({ method, path }) => {
      const kind = parseResourcePath(path, store.kinds)?.kind;
      return {
        target: 'kubernetes',
        method,
        resource: kind?.plural,
        qualified: kind && qualified(kind.plural, kind.group),
      };
    },
    refuse: (response, code, message) => {
      response.status(code).json(statusOfCode(code, message).toStatus());
    },
  });
}

function reportToStderr(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
}
