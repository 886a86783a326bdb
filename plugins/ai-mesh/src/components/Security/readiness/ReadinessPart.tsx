import type {
  FixRequests,
  ObjectRef,
  StrictReadiness,
} from '@ai-mesh/plugin-ai-mesh-common';
import { useAiMeshTranslation, type Translate } from '../../../translation';
import type { Polled } from '../../../hooks';
import { textSaid, whyUnknown } from '../../Figures';
import { ToneMark } from '../../Marks';
import type { OpenedObject } from '../../Objects';
import type { Tone } from '../../../theme';
import { hasRequests, RequestsBeside } from '../../Requests';
import { NotShown } from '../../Tables';
import { Part, SubPart } from '../Part';
import { ManifestView } from './ManifestView';
import { RefusedTable } from './RefusedTable';

const tones: Record<StrictReadiness['status'], Tone> = {
  strict: 'healthy',
  ready: 'accent',
  blocked: 'degraded',
  impossible: 'failing',
  unknown: 'unknown',
};

/** Whether the service can be switched to STRICT, who is in the way, and the manifest that does it. */
export function ReadinessPart(props: {
  readiness: StrictReadiness;
  /** How far back observation looks, in words. */
  lookBack: string;
  cluster: string;
  /** The service's. */
  namespace: string;
  /** Pull requests for such manifests. */
  followed?: Polled<FixRequests>;
  onOpen: (object: OpenedObject) => void;
}) {
  const { readiness, lookBack, cluster, namespace, followed, onOpen } = props;
  const { t } = useAiMeshTranslation();
  const by = 'by' in readiness ? readiness.by : [];
  const manifests = 'manifests' in readiness ? readiness.manifests : [];
  const isHere = (object: ObjectRef) =>
    object.cluster === cluster && object.namespace === namespace;
  const requests = followed && hasRequests(followed, isHere) && (
    <RequestsBeside followed={followed} of={isHere} />
  );
  return (
    <Part
      title={t('security.readiness.title')}
      mark={
        <ToneMark tone={tones[readiness.status]}>
          {t(`security.readiness.${readiness.status}`)}
        </ToneMark>
      }
      sentence={sentenceOf(readiness, lookBack, t)}
    >
      {(by.length + manifests.length > 0 || requests) && (
        <>
          {by.length > 0 && (
            <SubPart
              title={t(
                readiness.status === 'blocked'
                  ? 'security.readiness.blockedBy'
                  : 'security.readiness.wouldRefuse',
              )}
            >
              <RefusedTable
                label={t('security.readiness.blockedBy')}
                refused={by}
                cluster={cluster}
                onOpen={onOpen}
              />
              <NotShown
                more={'moreBy' in readiness ? readiness.moreBy : undefined}
              />
            </SubPart>
          )}
          {manifests.map(manifest => (
            <ManifestView
              key={`${manifest.scope} ${manifest.object.name}`}
              manifest={manifest}
              cluster={cluster}
              isReady={readiness.status === 'ready'}
              onOpen={onOpen}
            />
          ))}
          {requests}
        </>
      )}
    </Part>
  );
}

function sentenceOf(
  readiness: StrictReadiness,
  lookBack: string,
  t: Translate,
): string {
  switch (readiness.status) {
    case 'strict':
      return t('security.readiness.sentence.strict');
    case 'ready':
      return t('security.readiness.sentence.ready', { lookBack });
    case 'blocked':
      return readiness.manifests.length > 0
        ? t('security.readiness.sentence.blockedExcept', { lookBack })
        : t('security.readiness.sentence.blocked', { lookBack });
    case 'impossible':
      return textSaid(readiness, t);
    default:
      return t('security.readiness.sentence.unknown', {
        reason: whyUnknown(readiness, t),
      });
  }
}
