import type { Encryption, Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { TCP_METRIC_LABEL } from './trafficExpressions';
import type { RateRow } from './RateRow';
import { readEncryption } from './readEncryption';
import { readTcpEncryption } from './readTcpTraffic';

/**
 * Requests and the TCP connections opened, together, as the security screen counts them. Where nothing was opened in the
 * window, bytes tell of the connections that are older.
 */
export function encryptionOf(
  requests: readonly RateRow[],
  tcp: readonly RateRow[],
): Measured<Encryption> {
  const calls = readEncryption([...requests, ...opened(tcp)]);
  if (calls.status === 'known') {
    return calls;
  }
  const older = readTcpEncryption(tcp);
  return older.status === 'known' ? older : calls;
}

/** The rows that count connections. */
export function opened(tcp: readonly RateRow[]): RateRow[] {
  return tcp.filter(({ labels }) => labels[TCP_METRIC_LABEL] === 'opened');
}
