import {
  known,
  unknown,
  wording,
  type Encryption,
  type Measured,
  type TcpTraffic,
} from '@ai-mesh/plugin-ai-mesh-common';
import { TCP_METRIC_LABEL } from './trafficExpressions';
import { sumRates, type RateRow } from './RateRow';
import { readEncryption } from './readEncryption';

type TcpMetric = 'opened' | 'sent' | 'received';

/**
 * TCP traffic of the rows.
 *
 * @param rows - of the TCP query, of one reporter an edge
 */
export function readTcpTraffic(rows: readonly RateRow[]): TcpTraffic {
  return {
    connectionsOpenedPerSecond: rateOf(rows, 'opened'),
    sentBytesPerSecond: rateOf(rows, 'sent'),
    receivedBytesPerSecond: rateOf(rows, 'received'),
  };
}

/**
 * How much of the TCP traffic was encrypted: of the connections opened in the window; where all of them are older,
 * of the bytes.
 *
 * @param rows - of the TCP query, of every reporter
 */
export function readTcpEncryption(
  rows: readonly RateRow[],
): Measured<Encryption> {
  const opened = readEncryption(rowsOf(rows, 'opened'));
  if (opened.status === 'known' || opened.reason !== 'no-traffic') {
    return opened;
  }
  const bytes = readEncryption([
    ...rowsOf(rows, 'sent'),
    ...rowsOf(rows, 'received'),
  ]);
  return bytes.status === 'known'
    ? known({
        share: bytes.value.share,
        encryptedPerSecond: 0,
        plaintextPerSecond: 0,
      })
    : opened;
}

function rateOf(rows: readonly RateRow[], metric: TcpMetric): Measured<number> {
  const found = rowsOf(rows, metric);
  const rate = sumRates(found);
  if (found.length === 0) {
    return unknown('not-exported');
  }
  return rate >= 0
    ? known(rate)
    : unknown('source-unreachable', [wording('figure.noRate')]);
}

function rowsOf(rows: readonly RateRow[], metric: TcpMetric): RateRow[] {
  return rows.filter(row => row.labels[TCP_METRIC_LABEL] === metric);
}
