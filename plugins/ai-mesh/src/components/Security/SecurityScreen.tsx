import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import {
  useFixRequests,
  useLinkedRowName,
  useMoment,
  useSecurity,
} from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { Notice } from '../Marks';
import { Screen } from '../Screen';
import { certificateRows } from './certificateRows';
import { ServiceSecurityView } from './ServiceSecurityView';

/** How calls to the entity's services are protected, and who may make them. */
export function SecurityScreen() {
  const entityRef = stringifyEntityRef(useEntity().entity);
  const [at] = useMoment();
  const polled = useSecurity(entityRef, at);
  const followed = useFixRequests(entityRef, { kind: 'strict' });
  const { t } = useAiMeshTranslation();
  const linked = useLinkedRowName();
  return (
    <Screen
      entityRef={entityRef}
      polled={polled}
      anyMoment
      withoutWindow
      skeleton={
        <>
          <Skeleton height={40} width={240} />
          <Skeleton variant="rect" height={72} />
          <Skeleton variant="rect" height={180} />
          <Skeleton height={40} />
          <Skeleton variant="rect" height={220} />
        </>
      }
    >
      {security =>
        security.services.length === 0 ? (
          <Typography>{t('security.noServices')}</Typography>
        ) : (
          <>
            {linked !== null &&
              !security.services.flatMap(certificateRows).includes(linked) && (
                <Notice
                  tone="unknown"
                  title={t('security.certificates.gone')}
                />
              )}
            {security.services.map(service => (
              <ServiceSecurityView
                key={`${service.service.cluster} ${service.service.namespace} ${service.service.name}`}
                entityRef={security.entityRef}
                security={service}
                lookBackSeconds={security.lookBackSeconds}
                // What became of them is told of now.
                followed={at ? undefined : followed}
              />
            ))}
          </>
        )
      }
    </Screen>
  );
}
