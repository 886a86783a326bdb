import type {
  Encryption,
  FleetOrigin,
  FleetTrend,
  Health,
  Measured,
  QueryTrace,
  ServiceRef,
  Source,
  Traffic,
  Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { RateRow } from '../telemetry/RateRow';
import type { FleetPeer } from './FleetPeer';

/** The whole mesh at one moment. */
export interface FleetLook {
  mesh: {
    /** @param whyNone - why there are no Services, where that is not since there are none */
    stateOf(
      services: readonly ServiceRef[],
      whyNone?: Words,
    ): {
      traffic: Traffic;
      health: Health;
      encryption: Measured<Encryption>;
    };
    /** Why nobody knows who calls whom, where that is so of all clusters: there is nothing to find origins by. */
    whyNoCalls?: Measured<never>;
    origins(): Promise<
      readonly {
        peer: FleetPeer;
        reason: string;
        words?: Words[];
        confidence: FleetOrigin['confidence'];
        suffering: readonly FleetPeer[];
      }[]
    >;
  };
  controlPlanes: readonly {
    cluster: string;
    rows: Measured<readonly RateRow[]>;
  }[];
  sources: readonly Source[];
  queries: readonly QueryTrace[];
  /** The last hour. */
  past(): Promise<{
    hours: { of(services: readonly ServiceRef[]): Measured<FleetTrend> };
    queries: readonly QueryTrace[];
  }>;
}
