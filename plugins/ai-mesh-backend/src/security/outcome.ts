import type {
  ClientMode,
  MtlsOutcome,
  ServerMode,
} from '@ai-mesh/plugin-ai-mesh-common';

type Cell = readonly [MtlsOutcome, string];

const ENCRYPTED: Cell = ['encrypted', 'Both sides speak mutual TLS.'];
const AS_THE_SERVER_WANTS: Cell = [
  'plaintext',
  'The caller adapts to the called side, which does not take mutual TLS.',
];
const UNREAD: Cell = ['unknown', 'The settings of one side are not known.'];
const OWN_CERTIFICATES: Cell = [
  'unknown',
  "The caller brings certificates of its own; whether the called side trusts them is not in the mesh's configuration.",
];
const APPLICATION_TLS: Cell = [
  'unknown',
  "The caller speaks TLS that is not the mesh's: it works only if the application itself terminates it.",
];
const NOT_TAKEN: Cell = [
  'refused',
  'The caller insists on mutual TLS, which the called side does not take.',
];
const REFUSED: Cell = [
  'refused',
  'The called side takes nothing but mutual TLS, which the caller does not speak.',
];
const CLEAR: Cell = [
  'plaintext',
  'The caller does not speak mutual TLS, and the called side takes plaintext too.',
];
const BOTH_CLEAR: Cell = ['plaintext', 'Neither side speaks mutual TLS.'];

const WITHOUT_MTLS: Record<ClientMode, Cell> = {
  AUTO: AS_THE_SERVER_WANTS,
  ISTIO_MUTUAL: NOT_TAKEN,
  DISABLE: BOTH_CLEAR,
  PLAINTEXT: BOTH_CLEAR,
  SIMPLE: APPLICATION_TLS,
  MUTUAL: APPLICATION_TLS,
  UNKNOWN: UNREAD,
};

const TABLE: Record<ServerMode, Record<ClientMode, Cell>> = {
  STRICT: {
    AUTO: ENCRYPTED,
    ISTIO_MUTUAL: ENCRYPTED,
    DISABLE: REFUSED,
    PLAINTEXT: REFUSED,
    SIMPLE: REFUSED,
    MUTUAL: OWN_CERTIFICATES,
    UNKNOWN: UNREAD,
  },
  PERMISSIVE: {
    AUTO: ENCRYPTED,
    ISTIO_MUTUAL: ENCRYPTED,
    DISABLE: CLEAR,
    PLAINTEXT: CLEAR,
    SIMPLE: APPLICATION_TLS,
    MUTUAL: OWN_CERTIFICATES,
    UNKNOWN: UNREAD,
  },
  DISABLE: WITHOUT_MTLS,
  NO_PROXY: WITHOUT_MTLS,
  UNKNOWN: {
    AUTO: UNREAD,
    ISTIO_MUTUAL: UNREAD,
    DISABLE: UNREAD,
    PLAINTEXT: UNREAD,
    SIMPLE: UNREAD,
    MUTUAL: UNREAD,
    UNKNOWN: UNREAD,
  },
};

/** What a call comes to, by what the one side sends and the other takes. */
export function mtlsOutcome(
  client: ClientMode,
  server: ServerMode,
): { outcome: MtlsOutcome; message: string } {
  const [outcome, message] = TABLE[server][client];
  return { outcome, message };
}
