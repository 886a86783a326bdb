import { known, wording } from '@ai-mesh/plugin-ai-mesh-common';
import { setValue, stepsOf, valueAt } from '../../manifest';
import { formatDuration } from '../../routes/duration';
import { gap, seen, type Analyzer } from '../Analyzer';
import { breakerPlaces } from '../breakerPlace';
import { serviceName } from '../subjectRules';
import { timeoutFor } from '../suggestions';

/** AIM205: an idle timeout below the observed p99. */
export const idleTimeout: Analyzer = {
  codes: ['AIM205'],
  needs: ['DestinationRule'],
  *analyze(subject) {
    const places = breakerPlaces(subject).filter(
      ({ settings }) => settings.connectionPool.idleTimeoutMs !== undefined,
    );
    const { p99Ms } = subject.telemetry;
    if (places.length > 0 && p99Ms.status === 'unknown') {
      yield gap('AIM205', p99Ms);
      return;
    }
    for (const { settings, object, path, place } of places) {
      const idle = settings.connectionPool.idleTimeoutMs!;
      const p99 = p99Ms.status === 'known' ? p99Ms.value : 0;
      // 0 means never.
      if (idle === 0 || idle >= p99) {
        continue;
      }
      const base = path('connectionPool');
      const http = `${base}.http.idleTimeout`;
      const at =
        valueAt(object, stepsOf(http)) === undefined
          ? `${base}.tcp.idleTimeout`
          : http;
      const slowest = formatDuration(Math.round(p99));
      yield {
        key: 'AIM205',
        object,
        path: at,
        params: {
          place,
          service: serviceName(subject),
          idle: formatDuration(idle),
          p99: slowest,
        },
        evidence: [seen(wording('review.p99', { p99: slowest }))],
        fix: {
          object,
          operations: setValue(
            object,
            stepsOf(at),
            formatDuration(timeoutFor(known(p99))),
          ),
        },
      };
    }
  },
};
