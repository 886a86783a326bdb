import type { Review } from '@ai-mesh/plugin-ai-mesh-common';
import { useAiMeshTranslation } from '../../translation';
import { behind, textSaid } from '../Figures';
import { Notice, Quoted, Said } from '../Marks';
import { ObjectButton, type OpenedObject } from '../Objects';
import { RequestLine } from '../Requests';
import { NotShown } from '../Tables';
import { ApplicationLine } from './ApplicationLine';
import type { Decision } from './FixDecision';

/** What could not be read or judged, what Kiali adds, pull requests, and fixes whose findings are gone. */
export function ReviewNotes(props: {
  review: Review;
  onDecide: (decision: Decision) => void;
  onOpen: (object: OpenedObject) => void;
}) {
  const { review, onDecide, onOpen } = props;
  const {
    unreadable,
    notJudged,
    kiali,
    requests = [],
    moreRequests,
    requestsUnknown,
    applications = [],
    moreApplications,
    applicationsUnknown,
  } = review;
  const { t } = useAiMeshTranslation();
  const ofGone = applications.filter(
    one => !review.findings.some(({ id }) => id === one.finding),
  );
  return (
    <>
      {unreadable.length > 0 && (
        <Notice tone="degraded" title={t('review.unreadable.title')}>
          {unreadable.map(({ object, path, message, words }) => (
            <div
              key={`${object.cluster} ${object.kind} ${object.namespace} ${object.name} ${path}`}
            >
              <Said of={{ message, words }} />
              {behind(textSaid({ message, words }, t))}
              <ObjectButton
                object={object}
                onOpen={() => onOpen({ ref: object, path })}
              />
            </div>
          ))}
        </Notice>
      )}
      {notJudged.length > 0 && (
        <Notice tone="unknown" title={t('review.notJudged.title')}>
          {notJudged.map(({ code, service, message, words }) => (
            <div
              key={`${code} ${service.cluster} ${service.namespace} ${service.name}`}
            >
              {t('review.notJudged.line', {
                code,
                name: service.name,
                message: textSaid({ message, words }, t),
              })}
            </div>
          ))}
        </Notice>
      )}
      {kiali.length > 0 && (
        <Notice tone="accent" title={t('review.kiali.title')}>
          {kiali.map(({ object, code, severity, message, path = '' }) => (
            <div
              key={`${object.cluster} ${object.kind} ${object.namespace} ${object.name} ${code} ${path}`}
            >
              {t(`review.kiali.${severity}`)} {code} <Quoted>{message}</Quoted>{' '}
              <ObjectButton
                object={object}
                onOpen={() =>
                  onOpen({ ref: object, path: path.replaceAll('/', '.') })
                }
              />
            </div>
          ))}
        </Notice>
      )}
      {applicationsUnknown !== undefined && (
        <Notice tone="unknown" title={t('review.apply.away')} />
      )}
      {ofGone.length > 0 && (
        <Notice tone="accent" title={t('review.apply.gone')}>
          <ul>
            {ofGone.map(application => (
              <ApplicationLine
                key={application.id}
                application={application}
                onDecide={onDecide}
              />
            ))}
          </ul>
          <NotShown more={moreApplications} />
        </Notice>
      )}
      {requestsUnknown !== undefined && (
        <Notice tone="unknown" title={t('review.requests.away')} />
      )}
      {requests.length > 0 && (
        <Notice tone="accent" title={t('review.requests.title')}>
          <ul>
            {requests.map(request => (
              <RequestLine key={request.id} request={request} />
            ))}
          </ul>
          <NotShown more={moreRequests} />
        </Notice>
      )}
    </>
  );
}
