import type { FixRequests, ObjectRef } from '@ai-mesh/plugin-ai-mesh-common';
import type { Polled } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { Notice } from '../Marks';
import { textBy } from '../States';
import { RequestList } from './RequestList';

/** Which objects are spoken of here; requests for others alone are left out. */
type Of = (object: ObjectRef) => boolean;

/** Whether there is anything to say of pull requests. */
export function hasRequests(followed: Polled<FixRequests>, of: Of): boolean {
  const { data, error } = followed;
  return data
    ? data.requestsUnknown !== undefined || requestsOf(data, of).length > 0
    : error !== undefined;
}

/** What became of pull requests, or why that is not known. */
export function RequestsBeside(props: {
  followed: Polled<FixRequests>;
  /** Unless given, all are. */
  of?: Of;
}) {
  const { followed, of } = props;
  const { data, error } = followed;
  const { t } = useAiMeshTranslation();
  if (!data) {
    return error ? (
      <Notice tone="unknown" title={t('review.requests.notRead')}>
        {textBy(error, t)}
      </Notice>
    ) : null;
  }
  if (data.requestsUnknown !== undefined) {
    return <Notice tone="unknown" title={t('review.requests.away')} />;
  }
  return (
    <RequestList requests={requestsOf(data, of)} more={data.moreRequests} />
  );
}

function requestsOf({ requests = [] }: FixRequests, of?: Of) {
  return requests.flatMap(request => {
    const objects = request.objects.filter(({ object }) => !of || of(object));
    return of && objects.length === 0 ? [] : [{ request, objects }];
  });
}
