import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import { setValue, stepsOf } from '../../manifest';
import { gap, seen, type Analyzer } from '../Analyzer';
import { placeOf, serviceName } from '../subjectRules';
import { settingObject } from '../telemetryObject';

/** From here on tracing everything is load of its own. */
const LOAD_PER_SECOND = 5;
const USUAL_PERCENT = 10;

/** AIM502: no trace is kept, or every one under load. */
export const sampling: Analyzer = {
  codes: ['AIM502'],
  needs: ['Telemetry'],
  *analyze(subject) {
    const { security, telemetry, snapshot } = subject;
    if (security.telemetry.status === 'unknown') {
      yield gap('AIM502', security.telemetry);
      return;
    }
    const rate = telemetry.requestsPerSecond;
    for (const { tracing } of security.telemetry.value) {
      const { samplingPercent: percent, samplingFrom } = tracing;
      const object = settingObject(snapshot, samplingFrom);
      if (percent.status === 'unknown' || !object || !samplingFrom) {
        continue;
      }
      const common = {
        object,
        path: samplingFrom.path,
        fix: {
          object,
          operations: setValue(
            object,
            stepsOf(samplingFrom.path),
            USUAL_PERCENT,
          ),
        },
      };
      const params = {
        place: placeOf(object, samplingFrom.path),
        service: serviceName(subject),
      };
      if (percent.value === 0) {
        yield { ...common, key: 'AIM502.none', params };
      } else if (percent.value === 100 && rate.status === 'unknown') {
        yield gap('AIM502', rate);
      } else if (
        percent.value === 100 &&
        rate.status === 'known' &&
        rate.value >= LOAD_PER_SECOND
      ) {
        const perSecond = Number(rate.value.toFixed(1));
        yield {
          ...common,
          key: 'AIM502.all',
          params: { ...params, rate: perSecond },
          evidence: [seen(wording('review.rate', { rate: perSecond }))],
        };
      }
    }
  },
};
