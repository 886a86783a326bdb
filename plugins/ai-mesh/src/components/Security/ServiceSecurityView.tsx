import type {
  FixRequests,
  ServiceSecurity,
} from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useId, useState } from 'react';
import { useFormat } from '../../format';
import type { Polled } from '../../hooks';
import { useTones } from '../../theme';
import { OpenedObject, YamlDrawer } from '../Objects';
import { AuthorizationPart } from './authorization/AuthorizationPart';
import { CertificatesPart } from './CertificatesPart';
import { MtlsPart } from './mtls/MtlsPart';
import { ReadinessPart } from './readiness/ReadinessPart';
import { TelemetryPart } from './TelemetryPart';

const useStyles = makeStyles(theme => ({
  service: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(3),
  },
}));

/** One service: who calls it how, whether it can be switched to STRICT, who may call what, its certificates. */
export function ServiceSecurityView(props: {
  entityRef: string;
  security: ServiceSecurity;
  lookBackSeconds: number;
  /** Pull requests for manifests that switch to STRICT. */
  followed?: Polled<FixRequests>;
}) {
  const { entityRef, security, lookBackSeconds, followed } = props;
  const { service, mtls, authorization, certificates, telemetry } = security;
  const { t, format } = useFormat();
  const tones = useTones();
  const classes = useStyles();
  const id = useId();
  const [opened, setOpened] = useState<OpenedObject>();
  const shared = { cluster: service.cluster, onOpen: setOpened };
  return (
    <section className={classes.service} aria-labelledby={id}>
      <div>
        <Typography id={id} variant="h6" component="h2">
          {service.name}
        </Typography>
        <Typography variant="body2" style={{ color: tones.unknown.text }}>
          {t('traffic.service.place', {
            namespace: service.namespace,
            cluster: service.cluster,
          })}
          {' · '}
          {t('security.lookBack', { span: format.longSpan(lookBackSeconds) })}
        </Typography>
      </div>
      <MtlsPart mtls={mtls} {...shared} />
      <ReadinessPart
        readiness={mtls.readiness}
        lookBack={format.longSpan(lookBackSeconds)}
        namespace={service.namespace}
        followed={followed}
        {...shared}
      />
      <AuthorizationPart
        entityRef={entityRef}
        service={service}
        authorization={authorization}
        onOpen={setOpened}
      />
      <CertificatesPart certificates={certificates} cluster={service.cluster} />
      <TelemetryPart telemetry={telemetry} onOpen={setOpened} />
      {opened && (
        <YamlDrawer
          opened={opened}
          objects={security.objects}
          onClose={() => setOpened(undefined)}
        />
      )}
    </section>
  );
}
