import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { LATELY_METRIC, TCP_METRIC_LABEL } from './trafficExpressions';
import type { RateRow } from './RateRow';

/** What one question answers: TCP over the window, and requests over the last minute. */
export interface TcpAndLately {
  tcp: Measured<readonly RateRow[]>;
  lately: Measured<readonly RateRow[]>;
}

/** Takes the answer of `tcpAndLatelyQuery` apart. */
export function tcpAndLately(rows: Measured<readonly RateRow[]>): TcpAndLately {
  if (rows.status === 'unknown') {
    return { tcp: rows, lately: rows };
  }
  const isLate = ({ labels }: RateRow) =>
    labels[TCP_METRIC_LABEL] === LATELY_METRIC;
  return {
    tcp: known(rows.value.filter(row => !isLate(row))),
    lately: known(rows.value.filter(isLate)),
  };
}
