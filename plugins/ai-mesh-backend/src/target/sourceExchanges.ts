import { channel } from 'diagnostics_channel';

/** One question to a source, and how it went. */
export interface SourceExchange {
  source: 'prometheus' | 'kiali' | 'tracing' | 'kubernetes';
  cluster: string;
  /** `refused`: answered with a status of 400 or more; `failed`: no answer, or none in time; `queue-full`: not asked. */
  outcome: 'ok' | 'refused' | 'failed' | 'queue-full';
  /** With the time that it waited for its turn. */
  seconds: number;
  /** How many still wait for a turn, where questions have to. */
  waiting?: number;
}

/** Tells whoever measures of every question to a source; nobody has to listen. */
export const sourceExchanges = channel('ai-mesh:source-exchange');
