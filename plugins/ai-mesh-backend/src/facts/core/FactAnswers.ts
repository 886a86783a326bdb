import type {
  Canary,
  Measured,
  Overview,
  Review,
  Routes,
  Security,
  Slos,
} from '@ai-mesh/plugin-ai-mesh-common';

/** Of a canary, what facts are made of. */
export interface PastCanary {
  state: Canary['state'];
  /** ISO 8601; absent while it runs. */
  endedAt?: string;
  /** ISO 8601 */
  requestedAt: string;
  /** It has changed weights. */
  moved: boolean;
  /** Its plan judges answers, and not only how they come. */
  hasQualityGate: boolean;
}

/** What the screens say of one entity: facts are computed from nothing else. */
export interface FactAnswers {
  /** Of the last hour, by requests and latencies alone. */
  overview: Pick<Overview, 'services' | 'sources' | 'resolution'> & {
    traffic: Pick<Overview['traffic'], 'total'>;
  };
  /** Of the last hour. */
  routes: {
    services: readonly Pick<Routes['services'][number], 'rules' | 'traffic'>[];
  };
  security: Pick<Security, 'services'>;
  review: Pick<Review, 'findings' | 'counts' | 'notJudged'>;
  slos: Pick<Slos, 'models' | 'objectives' | 'sources' | 'dialect'>;
  /** The entity names an OpenSLO document. */
  hasSloDocument: boolean;
  canaries: Measured<PastCanary[]>;
  /** For how long canaries that ended are kept; absent: for longer than facts look back. */
  canariesKeptMs?: number;
}
