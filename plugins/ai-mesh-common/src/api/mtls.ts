import { z } from 'zod';
import { manyWordsSchema } from '../words/words';
import type { Named } from './named';
import { measured } from './measured';
import { objectRefSchema } from './objects';

/**
 * Where a setting is written: the object, and the path in it (`spec.mtls.mode`).
 *
 * @public
 */
export const settingSourceSchema = z.object({
  object: objectRefSchema,
  path: z.string(),
});

/** @public */
export type SettingSource = z.infer<typeof settingSourceSchema>;

/**
 * A workload as Kubernetes names it; `kind` is `Pod` for pods of no workload that is known.
 *
 * @public
 */
export const workloadNameSchema = z.object({
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
});

/** @public */
export type WorkloadName = z.infer<typeof workloadNameSchema>;

const callerObject = z.object({
  cluster: z.string(),
  /** Opaque and stable between answers. */
  id: z.string(),
  namespace: z.string().optional(),
  workload: z.string().optional(),
  /** `cluster.local/ns/ai/sa/chat`, without `spiffe://`. */
  principal: z.string().optional(),
});

/** @public */
export interface CallerSchema extends Named<typeof callerObject> {}

/**
 * Who calls. Istio cannot always say: a caller without a proxy has no workload, and one in plaintext no principal.
 *
 * @public
 */
export const callerSchema: CallerSchema = callerObject;

/** @public */
export type Caller = z.infer<typeof callerSchema>;

/**
 * How a workload takes part in the mesh. `mixed`: its pods differ; `unknown`: it has no pod to tell it from.
 *
 * @public
 */
export const proxyModeSchema = z.enum([
  'sidecar',
  'ambient',
  'none',
  'mixed',
  'unknown',
]);

/** @public */
export type ProxyMode = z.infer<typeof proxyModeSchema>;

/**
 * What the called side accepts.
 *
 * - `STRICT`, `PERMISSIVE`, `DISABLE`: Istio's modes
 * - `NO_PROXY`: nothing terminates mutual TLS: plaintext, or what the application itself does
 * - `UNKNOWN`: the policies cannot be read
 *
 * @public
 */
export const serverModeSchema = z.enum([
  'STRICT',
  'PERMISSIVE',
  'DISABLE',
  'NO_PROXY',
  'UNKNOWN',
]);

/** @public */
export type ServerMode = z.infer<typeof serverModeSchema>;

/**
 * What the calling side sends.
 *
 * - `AUTO`: no setting; mutual TLS where the server has a proxy, else plaintext
 * - `DISABLE`, `SIMPLE`, `MUTUAL`, `ISTIO_MUTUAL`: a DestinationRule says so
 * - `PLAINTEXT`: the caller has no proxy, or auto-mTLS is off and nothing says otherwise
 * - `UNKNOWN`: the DestinationRules cannot be read, or whether the caller has a proxy is not known
 *
 * @public
 */
export const clientModeSchema = z.enum([
  'AUTO',
  'DISABLE',
  'SIMPLE',
  'MUTUAL',
  'ISTIO_MUTUAL',
  'PLAINTEXT',
  'UNKNOWN',
]);

/** @public */
export type ClientMode = z.infer<typeof clientModeSchema>;

/**
 * What a call comes to. `unknown`: it depends on something that the mesh's configuration does not hold.
 *
 * @public
 */
export const mtlsOutcomeSchema = z.enum([
  'encrypted',
  'plaintext',
  'refused',
  'unknown',
]);

/** @public */
export type MtlsOutcome = z.infer<typeof mtlsOutcomeSchema>;

/** @public */
export const portMtlsSchema = z.object({
  /** The port that the workload listens on. */
  port: z.number().int(),
  /** The Service's ports that lead to it, with their names. */
  servicePorts: z.array(
    z.object({ port: z.number().int(), name: z.string().optional() }),
  ),
  /** As the Service's port name or `appProtocol` says; `auto` where neither does and Istio detects it. */
  protocol: z.enum(['http', 'grpc', 'tcp', 'auto']),
  mode: serverModeSchema,
  /** Which level of PeerAuthentication decided; `default` is Istio's own PERMISSIVE. */
  level: z.enum(['port', 'workload', 'namespace', 'mesh', 'default']),
  /** Absent for `default`. */
  decidedBy: settingSourceSchema.optional(),
});

/** @public */
export type PortMtls = z.infer<typeof portMtlsSchema>;

/**
 * Something about the policies that a person should know.
 *
 * - `several-policies`: two PeerAuthentications at one level; the oldest counts
 * - `port-without-selector`: `portLevelMtls` without a selector has no effect
 * - `port-not-listened-on`: a key of `portLevelMtls` is no port of the workload (Service ports do not count)
 * - `ambient-disable`: ztunnel does not honour DISABLE
 * - `selector-in-root`: a PeerAuthentication with a selector in the root namespace has no effect
 * - `unreadable`: a field is not what Istio's schema allows; it was left out
 *
 * @public
 */
export const mtlsNoteSchema = z.object({
  kind: z.enum([
    'several-policies',
    'port-without-selector',
    'port-not-listened-on',
    'ambient-disable',
    'selector-in-root',
    'unreadable',
  ]),
  message: z.string(),
  words: manyWordsSchema.optional(),
  at: z.array(settingSourceSchema),
});

/** @public */
export type MtlsNote = z.infer<typeof mtlsNoteSchema>;

/** @public */
export const workloadMtlsSchema = z.object({
  workload: workloadNameSchema,
  proxy: proxyModeSchema,
  ports: z.array(portMtlsSchema),
});

/** @public */
export type WorkloadMtls = z.infer<typeof workloadMtlsSchema>;

const clientMtlsObject = z.object({
  mode: clientModeSchema,
  /** The DestinationRule's setting; absent where none decides. */
  decidedBy: settingSourceSchema.optional(),
});

/** @public */
export interface ClientMtlsSchema extends Named<typeof clientMtlsObject> {}

/** @public */
export const clientMtlsSchema: ClientMtlsSchema = clientMtlsObject;

/** @public */
export type ClientMtls = z.infer<typeof clientMtlsSchema>;

/**
 * What one caller's calls to one port of one workload come to, by configuration.
 *
 * @public
 */
export const pairMtlsSchema = z.object({
  workload: workloadNameSchema,
  /** The Service's port. */
  port: z.number().int(),
  /** The subset through which the DestinationRule's setting comes, where it is a subset's. */
  subset: z.string().optional(),
  client: clientMtlsSchema,
  server: serverModeSchema,
  outcome: mtlsOutcomeSchema,
  /** Why, in one sentence. */
  message: z.string(),
  words: manyWordsSchema.optional(),
});

/** @public */
export type PairMtls = z.infer<typeof pairMtlsSchema>;

const observedMtlsObject = z.object({
  /** Requests and TCP connections with mutual TLS over all of them, 0..1. */
  share: z.number().min(0).max(1),
  /** Over the look-back, counted at the called side: requests, and TCP connections opened. */
  encrypted: z.number().nonnegative(),
  plaintext: z.number().nonnegative(),
  /** Of the plaintext ones, how many were TCP connections. */
  plaintextConnections: z.number().nonnegative(),
  /** Mean over the last minutes, requests and connections per second. */
  plaintextPerSecond: measured(z.number().nonnegative()),
  /** The end of the last interval in which plaintext was seen (ISO 8601), absent when none was. */
  lastPlaintextAt: z.iso.datetime().optional(),
  /** How wide that interval is, seconds: the time is no more exact than this. */
  resolutionSeconds: z.number().positive(),
});

/** @public */
export interface ObservedMtlsSchema extends Named<typeof observedMtlsObject> {}

/**
 * What was seen of one caller over the look-back, on destination (or waypoint) reports only.
 *
 * @public
 */
export const observedMtlsSchema: ObservedMtlsSchema = observedMtlsObject;

/** @public */
export type ObservedMtls = z.infer<typeof observedMtlsSchema>;

/**
 * Why a caller is in plaintext.
 *
 * - `no-proxy`: its pods have no proxy
 * - `destination-rule`: a DestinationRule switches its mutual TLS off
 * - `server-disabled`: the called side's policy, or its lack of a proxy, allows nothing else
 * - `outside-the-mesh`: Istio could not name it, or the cluster does not hold it
 * - `unexplained`: by configuration its calls would be encrypted (it may have changed within the look-back)
 *
 * @public
 */
export const plaintextReasonSchema = z.object({
  kind: z.enum([
    'no-proxy',
    'destination-rule',
    'server-disabled',
    'outside-the-mesh',
    'unexplained',
  ]),
  message: z.string(),
  words: manyWordsSchema.optional(),
  at: z.array(settingSourceSchema),
  /** For a caller without a name: workloads without a proxy near the service, which it may be. */
  suspects: z.array(workloadNameSchema),
});

/** @public */
export type PlaintextReason = z.infer<typeof plaintextReasonSchema>;

/** @public */
export const callerMtlsSchema = z.object({
  caller: callerSchema,
  proxy: proxyModeSchema,
  pairs: z.array(pairMtlsSchema),
  observed: measured(observedMtlsSchema),
  /** Present when plaintext was seen. */
  plaintextBecause: plaintextReasonSchema.optional(),
});

/** @public */
export type CallerMtls = z.infer<typeof callerMtlsSchema>;

/**
 * A pair of settings that refuse each other.
 *
 * @public
 */
export const mtlsConflictSchema = z.object({
  workload: workloadNameSchema,
  port: z.number().int(),
  subset: z.string().optional(),
  /** The namespaces whose callers are refused. */
  callerNamespaces: z.array(z.string()),
  server: z.object({
    mode: serverModeSchema,
    decidedBy: settingSourceSchema.optional(),
  }),
  client: clientMtlsSchema,
  message: z.string(),
  words: manyWordsSchema.optional(),
});

/** @public */
export type MtlsConflict = z.infer<typeof mtlsConflictSchema>;
