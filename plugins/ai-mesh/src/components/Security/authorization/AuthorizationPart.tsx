import type { Authorization, ServiceRef } from '@ai-mesh/plugin-ai-mesh-common';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../../translation';
import { inARow, whyUnknown } from '../../Figures';
import { ToneMark } from '../../Marks';
import type { OpenedObject } from '../../Objects';
import { NotShown } from '../../Tables';
import { Part, SubPart } from '../Part';
import { AccessMatrix } from './AccessMatrix';
import { DeniedTable } from './DeniedTable';
import { verdictLooks } from './looks';
import { MayCallForm } from './MayCallForm';
import { PlacesList } from './PlacesList';
import { PoliciesTable } from './PoliciesTable';
import { ineffectiveSentence, waypointSentence } from './sentences';

/** Who may call what, by which policy; who was refused; what nobody uses; what cannot be told. */
export function AuthorizationPart(props: {
  entityRef: string;
  service: ServiceRef;
  authorization: Authorization;
  onOpen: (object: OpenedObject) => void;
}) {
  const { entityRef, service, authorization, onOpen } = props;
  const { policies, ineffective, otherwise, callers, denied, unusedRules } =
    authorization;
  const { notEvaluated } = authorization;
  const { t } = useAiMeshTranslation();
  return (
    <Part
      title={t('security.authorization.title')}
      mark={
        <ToneMark {...verdictLooks[otherwise]}>
          {t('security.authorization.otherwise', {
            verdict: t(`security.verdict.${otherwise}`),
          })}
        </ToneMark>
      }
      sentence={inARow(
        [
          policies.some(({ effect }) => effect !== 'none')
            ? undefined
            : t('security.authorization.noPolicies'),
          waypointSentence(authorization.waypoint, t),
        ],
        t,
      )}
    >
      {policies.length > 0 && (
        <SubPart title={t('security.policies.title')}>
          <PoliciesTable policies={policies} onOpen={onOpen} />
        </SubPart>
      )}
      {ineffective.length > 0 && (
        <SubPart title={t('security.ineffective.title')}>
          <PlacesList
            places={ineffective.map(place => ({
              ...place,
              message: ineffectiveSentence(place, t),
              words: undefined,
            }))}
            onOpen={onOpen}
          />
        </SubPart>
      )}
      <SubPart title={t('security.matrix.title')}>
        {callers.status === 'known' ? (
          <>
            <AccessMatrix
              operations={authorization.operations}
              callers={callers.value}
              cluster={service.cluster}
              onOpen={onOpen}
            />
            <NotShown more={authorization.moreCallers} />
            {authorization.moreOperations !== undefined && (
              <Typography variant="body2" role="note">
                {t('security.matrix.moreOperations', {
                  count: authorization.moreOperations,
                })}
              </Typography>
            )}
          </>
        ) : (
          <Typography variant="body2">
            {t('security.matrix.unknown', {
              reason: whyUnknown(callers, t),
            })}
          </Typography>
        )}
      </SubPart>
      <SubPart title={t('security.mayCall.title')}>
        <MayCallForm
          entityRef={entityRef}
          service={service}
          suggestions={
            callers.status === 'known'
              ? callers.value.map(({ caller }) => caller)
              : []
          }
          onOpen={onOpen}
        />
      </SubPart>
      <SubPart title={t('security.denied.title')}>
        <DeniedTable denied={denied} cluster={service.cluster} />
        <NotShown more={authorization.moreDenied} />
      </SubPart>
      <SubPart title={t('security.unused.title')}>
        {unusedRules.status === 'known' ? (
          <PlacesList
            places={unusedRules.value}
            none={t('security.unused.none')}
            onOpen={onOpen}
          />
        ) : (
          <Typography variant="body2">
            {t('security.unused.unknown', {
              reason: whyUnknown(unusedRules, t),
            })}
          </Typography>
        )}
      </SubPart>
      {notEvaluated.length > 0 && (
        <SubPart title={t('security.notEvaluated.title')}>
          <PlacesList places={notEvaluated} onOpen={onOpen} />
        </SubPart>
      )}
    </Part>
  );
}
