import type { Review } from '@ai-mesh/plugin-ai-mesh-common';
import { useAiMeshTranslation } from '../../translation';
import { Notice } from '../Marks';
import { ObjectButton, type OpenedObject } from '../Objects';

/** What could not be read or judged, and what Kiali adds. */
export function ReviewNotes(props: {
  review: Review;
  onOpen: (object: OpenedObject) => void;
}) {
  const { review, onOpen } = props;
  const { unreadable, notJudged, kiali } = review;
  const { t } = useAiMeshTranslation();
  return (
    <>
      {unreadable.length > 0 && (
        <Notice tone="degraded" title={t('review.unreadable.title')}>
          {unreadable.map(({ object, path, message }) => (
            <div
              key={`${object.kind} ${object.namespace} ${object.name} ${path}`}
            >
              {message}{' '}
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
          {notJudged.map(({ code, service, message }) => (
            <div
              key={`${code} ${service.cluster} ${service.namespace} ${service.name}`}
            >
              {t('review.notJudged.line', {
                code,
                name: service.name,
                message,
              })}
            </div>
          ))}
        </Notice>
      )}
      {kiali.length > 0 && (
        <Notice tone="accent" title={t('review.kiali.title')}>
          {kiali.map(({ object, code, severity, message, path = '' }) => (
            <div key={`${object.kind} ${object.name} ${code} ${path}`}>
              {t(`review.kiali.${severity}`)} {code} {message}{' '}
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
    </>
  );
}
