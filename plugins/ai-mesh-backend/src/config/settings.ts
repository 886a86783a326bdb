import type {
  CanaryGateTitle,
  CanaryPlan,
  FactScreen,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { z } from 'zod';
import type { NoticeLanguageName } from '../people';
import type { OwnershipSettings } from '../target/ownership';
import type { WrittenRule } from './checkRule';
import type { costGate } from './costGate';
import type { gates } from './gateSchema';
import type { webhooks } from './webhookSchema';
import type { SloSettings } from './readSloSettings';

/** What `aiMesh` in the configuration says, checked and with its defaults. */
export interface AiMeshSettings {
  /** In the configuration's order; none where nothing is configured. */
  clusters: ClusterSettings[];
  canary: CanarySettings;
  security: SecuritySettings;
  slo: SloSettings;
  /** What proves that a Service is an entity's, and what its own word is worth. */
  ownership: OwnershipSettings;
  /** The table of all traffic of a cluster: of a mesh with more series something is left out of it. */
  fleet: { mostSeries: number };
  /** How much may be asked. */
  limits: LimitSettings;
  facts: FactSettings;
  scorecard: ScorecardSettings;
  /** How often the Git host of a pull request that is open is asked. */
  fixes: { periodMs: number };
  /** Argo CD's own namespace, where it is installed. */
  gitOps: { argoCdNamespace: string };
  /** What notifications are in, one after another. */
  notifications: { languages: NoticeLanguageName[] };
  /** Whether views name neighbours whose entities the reader may not see. */
  neighbours: 'named' | 'anonymous';
}

export interface FactSettings {
  /** Every entity's facts are computed once in this. */
  periodMs: number;
  /** How long every change of a fact is kept. */
  keepChangesMs: number;
  /** How long the last of every day is kept. */
  keepDaysMs: number;
}

export interface ScorecardSettings {
  /** Lowest first. */
  levels: { id: string; title: string }[];
  /** The ids of the ready-made checks that are wanted. */
  readyMade: string[];
  checks: {
    id: string;
    title: string;
    description?: string;
    level: string;
    /** In small letters; absent: any. */
    appliesTo: {
      kinds?: string[];
      types?: string[];
      lifecycles?: string[];
      tags?: string[];
    };
    rule: WrittenRule;
    screen?: FactScreen;
  }[];
}

/** How much may be asked in a minute, and at a time. */
export interface Limit {
  perMinute: number;
  open: number;
}

export interface LimitSettings {
  /** How much of one object of a cluster is read. */
  object: { keys: number; characters: number };
  /** By one person. */
  user: Limit;
  /** By one person of one entity. */
  entity: Limit;
  /** By one service, such as another backend plugin. */
  service: Limit;
}

export interface SecuritySettings {
  /** How far back the observation of callers looks. */
  lookBackMs: number;
}

/** A webhook of canaries. */
export type WebhookSettings = z.output<typeof webhooks>[number];

type CostGate = NonNullable<ReturnType<typeof costGate>>;

export interface CanarySettings {
  /** Whether one person may ask for a canary and approve it. */
  requesterMayApprove: boolean;
  /** A request that nobody decides on for so long expires. */
  requestExpiryMs: number;
  /** Who is told of a request: entity references, in which `{owner}` stands for the owner of the entity. */
  approvers: string[];
  /** How long, and at most how many, canaries that have ended are kept. */
  history: { keepForMs: number; most: number };
  /** What a request leaves out of its plan. */
  defaults: CanaryPlan;
  /** Plans that a form offers by name; what one leaves out is as in `defaults`. Absent: those that come with it. */
  presets?: {
    name: string;
    title: CanaryGateTitle;
    plan: Record<string, unknown>;
  }[];
  /** What a plan may name beside the gates of the requests, the built-in ones last. */
  gates: (z.output<typeof gates>[number] | CostGate)[];
  /** Who is asked, or told, on a canary's way. */
  webhooks: WebhookSettings[];
}

export interface ClusterSettings {
  name: string;
  kubernetes: KubernetesSettings;
  /** Whether the portal may ever change an object on this cluster. */
  allowWrites: boolean;
  /** Keep a watch on every kind; else list when asked. */
  watch: boolean;
  rootNamespace: string;
  clusterDomain: string;
  /** What Istio's metrics call it; absent: to be found out. */
  istioCluster?: string;
  /** The mesh's `enableAutoMtls`. */
  autoMtls: boolean;
  prometheus?: PrometheusSettings;
  /** Time between two scrapes of the mesh's metrics; absent without Prometheus. */
  scrapeIntervalMs?: number;
  /** How long a sample may take from its scrape until questions find it; absent without Prometheus. */
  settleMs?: number;
  kiali?: KialiSettings;
  tracing?: TracingSettings;
  /** Pages elsewhere about a service; `{cluster}`, `{namespace}` and `{service}` are filled in. */
  links: { title: string; url: string }[];
}

/** How to reach and trust a server. */
export interface TlsSettings {
  /** Base64 of a PEM bundle. */
  caData?: string;
  caFile?: string;
  skipVerify: boolean;
}

export type KubernetesSettings =
  | {
      from: 'url';
      url: string;
      serviceAccountToken?: string;
      tls: TlsSettings;
    }
  /** The pod's own service account; where nobody wrote `inCluster`: for a cluster of the Kubernetes plugin's without a token. */
  | { from: 'in-cluster'; ofPlugin?: string }
  | { from: 'kubeconfig'; path: string; context?: string };

/** How to sign in to a server. */
export type AuthSettings =
  | { type: 'none' }
  | { type: 'bearer'; token: string }
  | { type: 'basic'; username: string; password: string };

/** How a source is shared: its askers take turns. */
export interface QueueSettings {
  /** Questions that it is asked at a time. */
  open: number;
  /** Questions that wait for their turn; one more is refused. */
  waiting: number;
  /** Of one person or service. */
  waitingOfOne: number;
}

export interface PrometheusSettings {
  /** Without a slash at its end. */
  url: string;
  auth: AuthSettings;
  headers: Record<string, string>;
  /** Mimir's, Cortex' or Thanos' tenant, sent as `X-Scope-OrgID`. */
  tenant?: string;
  /** Added to every selector of every query. */
  extraLabels: Record<string, string>;
  tls: TlsSettings;
  queue?: Partial<QueueSettings>;
  timeoutMs: number;
  cacheTtlMs: number;
}

export interface KialiSettings {
  url: string;
  /** Absent: anonymous. */
  token?: string;
  tls: TlsSettings;
  queue?: Partial<QueueSettings>;
  timeoutMs: number;
}

/** Where traces are kept. */
export interface TracingSettings {
  /** Whose API it speaks; undefined: it is found out. */
  type?: 'jaeger' | 'tempo';
  /** Before `/api/`, without a slash at its end. */
  url: string;
  auth: AuthSettings;
  headers: Record<string, string>;
  /** Sent as `X-Scope-OrgID`, which is Tempo's, and as `x-tenant`, which is Jaeger's. */
  tenant?: string;
  tls: TlsSettings;
  queue?: Partial<QueueSettings>;
  timeoutMs: number;
  cacheTtlMs: number;
  /** Where a person sees a trace; `{traceId}` stands for its identifier. */
  traceUrl?: string;
}
