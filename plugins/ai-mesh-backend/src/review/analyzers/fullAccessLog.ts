import { said, wording } from '@ai-mesh/plugin-ai-mesh-common';
import { setValue, stepsOf } from '../../manifest';
import { gap, type Analyzer } from '../Analyzer';
import { placeOf, serviceName } from '../subjectRules';
import { settingObject } from '../telemetryObject';

/** What is worth a line: failures, and answers that took long. */
const FILTER = 'response.code >= 400 || response.duration > 5000';

/** AIM503: the access log keeps every request. */
export const fullAccessLog: Analyzer = {
  codes: ['AIM503'],
  needs: ['Telemetry'],
  *analyze(subject) {
    const { telemetry } = subject.security;
    if (telemetry.status === 'unknown') {
      yield gap('AIM503', telemetry);
      return;
    }
    for (const { accessLog } of telemetry.value) {
      const object = settingObject(subject.snapshot, accessLog.from);
      if (accessLog.status === 'mesh-default') {
        yield gap('AIM503', {
          reason: 'not-configured',
          ...said(wording('review.meshLogs')),
        });
      } else if (accessLog.status === 'all' && object && accessLog.from) {
        const { path } = accessLog.from;
        yield {
          key: 'AIM503',
          object,
          path,
          params: {
            place: placeOf(object, path),
            service: serviceName(subject),
          },
          fix: {
            object,
            operations: setValue(
              object,
              stepsOf(`${path}.filter.expression`),
              FILTER,
            ),
          },
        };
      }
    }
  },
};
