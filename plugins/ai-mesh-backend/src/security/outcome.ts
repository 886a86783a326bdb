import {
  said,
  wording,
  type ClientMode,
  type MtlsOutcome,
  type ServerMode,
  type TextKey,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';

type Cell = readonly [MtlsOutcome, TextKey];

const ENCRYPTED: Cell = ['encrypted', 'mtls.encrypted'];
const AS_THE_SERVER_WANTS: Cell = ['plaintext', 'mtls.asTheServerWants'];
const UNREAD: Cell = ['unknown', 'mtls.unread'];
const OWN_CERTIFICATES: Cell = ['unknown', 'mtls.ownCertificates'];
const APPLICATION_TLS: Cell = ['unknown', 'mtls.applicationTls'];
const NOT_TAKEN: Cell = ['refused', 'mtls.notTaken'];
const REFUSED: Cell = ['refused', 'mtls.refused'];
const CLEAR: Cell = ['plaintext', 'mtls.clear'];
const BOTH_CLEAR: Cell = ['plaintext', 'mtls.bothClear'];

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
): { outcome: MtlsOutcome; message: string; words: Words[] } {
  const [outcome, key] = TABLE[server][client];
  return { outcome, ...said(wording(key)) };
}
