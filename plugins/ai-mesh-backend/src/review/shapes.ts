import {
  anything,
  count,
  duration,
  flag,
  host,
  list,
  map,
  object,
  oneOf,
  percentage,
  port,
  text,
  type Shape,
} from './Shape';

const texts = list(text);
const labels = map(text);
const selector = object({ matchLabels: labels });

const stringMatch = object({ exact: text, prefix: text, regex: text });
const destination = object(
  { host, subset: text, port: object({ number: port }) },
  ['host'],
);
const weighted = list(object({ destination, weight: count }, ['destination']), {
  filled: true,
});
const share = object({ value: percentage });

const httpMatch = object({
  uri: stringMatch,
  scheme: stringMatch,
  method: stringMatch,
  authority: stringMatch,
  headers: map(stringMatch),
  queryParams: map(stringMatch),
  withoutHeaders: map(stringMatch),
  port,
  sourceLabels: labels,
  sourceNamespace: text,
  gateways: texts,
  ignoreUriCase: flag,
});
const connectionMatch = object({
  sniHosts: texts,
  destinationSubnets: texts,
  port,
  sourceLabels: labels,
  sourceNamespace: text,
  gateways: texts,
});
const connectionRules = list(
  object({ match: list(connectionMatch), route: weighted }),
);

const virtualService = object(
  {
    hosts: list(host),
    gateways: texts,
    exportTo: texts,
    http: list(
      object({
        name: text,
        match: list(httpMatch),
        route: weighted,
        timeout: duration,
        retries: object({
          attempts: count,
          perTryTimeout: duration,
          retryOn: text,
        }),
        fault: object({
          delay: object({
            fixedDelay: duration,
            percentage: share,
            percent: percentage,
          }),
          abort: object({ httpStatus: count, percentage: share }),
        }),
        mirror: destination,
        mirrorPercentage: share,
        mirrors: list(object({ destination, percentage: share })),
        delegate: object({ name: text, namespace: text }, ['name']),
      }),
    ),
    tls: connectionRules,
    tcp: connectionRules,
  },
  [],
);

const tls = object({
  mode: oneOf('DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL'),
  sni: text,
});
const policyParts = {
  connectionPool: object({
    tcp: object({
      maxConnections: count,
      connectTimeout: duration,
      idleTimeout: duration,
    }),
    http: object({
      http1MaxPendingRequests: count,
      http2MaxRequests: count,
      maxRequestsPerConnection: count,
      maxRetries: count,
      idleTimeout: duration,
    }),
  }),
  outlierDetection: object({
    consecutive5xxErrors: count,
    consecutiveGatewayErrors: count,
    consecutiveLocalOriginFailures: count,
    interval: duration,
    baseEjectionTime: duration,
    maxEjectionPercent: percentage,
    minHealthPercent: percentage,
  }),
  tls,
};
const trafficPolicy = object({
  ...policyParts,
  portLevelSettings: list(
    object({ port: object({ number: port }, ['number']), ...policyParts }, [
      'port',
    ]),
  ),
});

const destinationRule = object(
  {
    host,
    exportTo: texts,
    workloadSelector: selector,
    trafficPolicy,
    subsets: list(object({ name: text, labels, trafficPolicy }, ['name'])),
  },
  ['host'],
);

const mtls = object({
  mode: oneOf('UNSET', 'STRICT', 'PERMISSIVE', 'DISABLE'),
});

const peerAuthentication = object({
  selector,
  mtls,
  portLevelMtls: map(mtls, /^\d+$/, 'expected.portNumber'),
});

const source = object({
  principals: texts,
  notPrincipals: texts,
  requestPrincipals: texts,
  notRequestPrincipals: texts,
  namespaces: texts,
  notNamespaces: texts,
  serviceAccounts: texts,
  notServiceAccounts: texts,
  ipBlocks: texts,
  notIpBlocks: texts,
  remoteIpBlocks: texts,
  notRemoteIpBlocks: texts,
});
const operation = object({
  hosts: texts,
  notHosts: texts,
  ports: texts,
  notPorts: texts,
  methods: texts,
  notMethods: texts,
  paths: texts,
  notPaths: texts,
});

const authorizationPolicy = object({
  selector,
  targetRef: object({ kind: text, name: text }, ['kind', 'name']),
  targetRefs: list(object({ kind: text, name: text }, ['kind', 'name'])),
  action: oneOf('ALLOW', 'DENY', 'AUDIT', 'CUSTOM'),
  rules: list(
    object({
      from: list(object({ source })),
      to: list(object({ operation })),
      when: list(
        object({ key: text, values: texts, notValues: texts }, ['key']),
      ),
    }),
  ),
});

const mode = object({
  mode: oneOf('CLIENT_AND_SERVER', 'CLIENT', 'SERVER'),
});
const providers = list(object({ name: text }, ['name']));

const telemetry = object({
  selector,
  tracing: list(
    object({
      match: mode,
      providers,
      randomSamplingPercentage: percentage,
      disableSpanReporting: flag,
      customTags: map(
        object({
          literal: object({ value: text }),
          header: object({ name: text, defaultValue: text }, ['name']),
          environment: object({ name: text, defaultValue: text }, ['name']),
        }),
      ),
    }),
  ),
  accessLogging: list(
    object({
      match: mode,
      providers,
      disabled: flag,
      filter: object({ expression: text }),
    }),
  ),
});

const serviceEntry = object(
  {
    hosts: list(host, { filled: true }),
    exportTo: texts,
    location: oneOf('MESH_EXTERNAL', 'MESH_INTERNAL'),
    resolution: oneOf(
      'NONE',
      'STATIC',
      'DNS',
      'DNS_ROUND_ROBIN',
      'DYNAMIC_DNS',
    ),
    ports: list(
      object({ number: port, name: text, protocol: text, targetPort: port }, [
        'number',
      ]),
    ),
    endpoints: list(anything),
  },
  ['hosts'],
);

/** Istio's and the Gateway API's: their fields have nothing in common. */
const gateway = object({
  selector: labels,
  servers: list(object({ hosts: texts })),
  listeners: list(object({ hostname: text })),
});
const sidecar = object({
  workloadSelector: object({ labels }),
  egress: list(object({ hosts: texts })),
});

/** What the specs may hold, by kind, as far as anything here reads them. `required`: the spec has to be there. */
export const shapes: Readonly<
  Record<string, { spec: Shape; required: boolean }>
> = {
  VirtualService: { spec: virtualService, required: true },
  DestinationRule: { spec: destinationRule, required: true },
  ServiceEntry: { spec: serviceEntry, required: true },
  PeerAuthentication: { spec: peerAuthentication, required: false },
  AuthorizationPolicy: { spec: authorizationPolicy, required: false },
  Telemetry: { spec: telemetry, required: false },
  Gateway: { spec: gateway, required: false },
  Sidecar: { spec: sidecar, required: false },
  RequestAuthentication: { spec: object({ selector }), required: false },
  ReferenceGrant: {
    spec: object({ from: list(object({ namespace: text })) }),
    required: false,
  },
};
