import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import Skeleton from '@material-ui/lab/Skeleton';
import { useMoment, useRoutes, useWindow } from '../../hooks';
import { Screen } from '../Screen';
import { ServiceRoutesView } from './ServiceRoutesView';

/** How requests to the entity's services are routed, and what protects them. */
export function TrafficScreen() {
  const entityRef = stringifyEntityRef(useEntity().entity);
  const [window] = useWindow();
  const [at] = useMoment();
  const polled = useRoutes(entityRef, { window, ...(at && { at }) });
  return (
    <Screen
      entityRef={entityRef}
      polled={polled}
      anyMoment
      skeleton={
        <>
          <Skeleton height={40} width={240} />
          <Skeleton variant="rect" height={72} />
          <Skeleton height={40} />
          <Skeleton variant="rect" height={220} />
        </>
      }
    >
      {routes =>
        routes.services.map(service => (
          <ServiceRoutesView
            key={`${service.service.cluster} ${service.service.namespace} ${service.service.name}`}
            routes={service}
            window={routes.window}
          />
        ))
      }
    </Screen>
  );
}
