import { Faults } from '../faults';
import { Conditions } from '../traffic';

/** What a scene may change. */
export interface Stage {
  conditions: Conditions;
  faults: Faults;
  /** Simulated time, ms. */
  nowMs: number;
}

/** A situation that a demo or a test needs, and that the world does not show by itself. */
export interface Scene {
  name: string;
  description: string;
  play(stage: Stage): void;
}

const CHAT_V2 = 'ai-services/ai-chat-service-v2';
const FAST_PROVIDER = 'api.fast-model.example';
const SMART_PROVIDER = 'api.smart-model.example';
const DAY_S = 86_400;

/** Each scene starts from the normal state: whatever an earlier one set is over. */
export const scenes: readonly Scene[] = [
  {
    name: 'normal',
    description: 'Back to normal: every scene and fault ends',
    play: () => undefined,
  },
  {
    name: 'good-canary',
    description:
      'Version 2 of the chat service is healthy and as quick as version 1',
    play({ conditions }) {
      conditions.disturbances.set(CHAT_V2, { errorRatio: 0.001 });
      conditions.disturbances.set(SMART_PROVIDER, {
        latencyFactor: 0.38,
        errorRatio: 0.001,
        throttledRatio: 0.001,
      });
    },
  },
  {
    name: 'bad-canary',
    description: 'Version 2 of the chat service answers 15 % with errors',
    play({ conditions }) {
      conditions.disturbances.set(CHAT_V2, { errorRatio: 0.15 });
    },
  },
  {
    name: 'slow-provider',
    description:
      'The fast model provider takes twelve times as long and fails one in ten; its callers suffer',
    play({ conditions }) {
      conditions.disturbances.set(FAST_PROVIDER, {
        latencyFactor: 12,
        errorRatio: 0.1,
      });
    },
  },
  {
    name: 'twelve-times',
    description: 'Twelve times the traffic',
    play({ conditions }) {
      conditions.loadFactor = 12;
    },
  },
  {
    name: 'plaintext-stops',
    description: 'The batch job that calls in plaintext stops',
    play({ conditions }) {
      conditions.loadFactors.set('batch', 0);
    },
  },
  {
    name: 'certificate-nearly-expired',
    description:
      'The chat service, version 2, has 40 minutes left on its certificate, and the root 20 days',
    play({ conditions, nowMs: atMs }) {
      conditions.certificates.set(CHAT_V2, { secondsLeft: 2400, atMs });
      conditions.rootCertificate = { secondsLeft: 20 * DAY_S, atMs };
    },
  },
  {
    name: 'configuration-rejected',
    description:
      'The proxies of the chat service, version 2, reject their listeners and keep what they had',
    play({ conditions, nowMs: sinceMs }) {
      conditions.rejections.set(CHAT_V2, {
        sinceMs,
        part: 'listeners',
        error:
          "Error adding/updating listener(s) virtualInbound: filter 'envoy.filters.http.wasm' has no code",
      });
    },
  },
  {
    name: 'prometheus-away',
    description: 'Prometheus does not answer at the path /prometheus',
    play({ faults }) {
      faults.set({ target: 'prometheus', type: 'disconnect' });
    },
  },
  {
    name: 'kiali-away',
    description: 'Kiali does not answer',
    play({ faults }) {
      faults.set({ target: 'kiali', type: 'disconnect' });
    },
  },
];
