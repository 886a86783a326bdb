import type {
  Certificate,
  Certificates,
  Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import type { ReactNode } from 'react';
import { useFormat } from '../../format';
import { useLinkedRow, useNow } from '../../hooks';
import type { Tone } from '../../theme';
import { Figure, read } from '../Figures';
import { Said, ToneMark } from '../Marks';
import { useTableStyles } from '../Tables';
import { rootRow, workloadRow } from './certificateRows';
import { OutOfSync } from './OutOfSync';
import { Part } from './Part';
import { useSecurityStyles } from './useSecurityStyles';

const statusTones: Record<Certificate['status'], Tone> = {
  ok: 'healthy',
  soon: 'degraded',
  expired: 'failing',
  unknown: 'unknown',
};

const rotationTones: Record<
  Certificates['workloads'][number]['rotation']['status'],
  Tone
> = { working: 'healthy', failing: 'failing', unknown: 'unknown' };

/** When certificates end, whether they are renewed, and which proxies run on an old configuration. */
export function CertificatesPart(props: {
  certificates: Certificates;
  cluster: string;
}) {
  const { certificates, cluster } = props;
  const { t } = useFormat();
  const { scroll } = useTableStyles();
  const { table } = useSecurityStyles();
  return (
    <Part title={t('security.certificates.title')}>
      <div className={scroll}>
        <Table
          size="small"
          aria-label={t('security.certificates.title')}
          className={table}
        >
          <TableHead>
            <TableRow>
              <TableCell>{t('security.certificates.of')}</TableCell>
              <TableCell>{t('security.certificates.expires')}</TableCell>
              <TableCell>{t('security.certificates.status')}</TableCell>
              <TableCell>{t('security.certificates.rotation')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {certificates.workloads.map(({ workload, soonest, rotation }) => (
              <CertificateRow
                key={`${workload.kind} ${workload.name}`}
                row={workloadRow(cluster, workload)}
                name={workload.name}
                certificate={soonest}
                query="certificates"
                cluster={cluster}
              >
                <ToneMark tone={rotationTones[rotation.status]}>
                  {t(`security.rotation.${rotation.status}`)}
                </ToneMark>
                <div>
                  <Said of={rotation} />
                </div>
              </CertificateRow>
            ))}
            <CertificateRow
              row={rootRow(cluster)}
              name={t('security.certificates.root')}
              certificate={certificates.root}
              query="proxies"
              cluster={cluster}
            >
              –
            </CertificateRow>
          </TableBody>
        </Table>
      </div>
      <OutOfSync outOfSync={certificates.outOfSync} />
    </Part>
  );
}

function CertificateRow(props: {
  /** What a link names it by. */
  row: string;
  name: string;
  certificate: Measured<Certificate>;
  query: 'certificates' | 'proxies';
  cluster: string;
  /** Whether it is renewed. */
  children: ReactNode;
}) {
  const { row, name, certificate, query, cluster, children } = props;
  const { sentence } = useSecurityStyles();
  const { selected } = useTableStyles();
  const { isLinked, ref } = useLinkedRow(row);
  return (
    <TableRow
      ref={ref}
      className={isLinked ? selected : undefined}
      aria-current={isLinked || undefined}
    >
      <TableCell component="th" role="rowheader" scope="row">
        {name}
      </TableCell>
      <TableCell>
        <Expiry
          of={name}
          certificate={certificate}
          query={query}
          cluster={cluster}
        />
      </TableCell>
      <TableCell>
        <StatusMark certificate={certificate} />
      </TableCell>
      <TableCell className={sentence}>{children}</TableCell>
    </TableRow>
  );
}

function Expiry(props: {
  of: string;
  certificate: Measured<Certificate>;
  query: 'certificates' | 'proxies';
  cluster: string;
}) {
  const { t, format } = useFormat();
  const now = useNow();
  return (
    <Figure
      label={t('security.certificates.expiryOf', { name: props.of })}
      query={props.query}
      cluster={props.cluster}
      reading={read(props.certificate, t, ({ expiresAt, secondsLeft }) => ({
        value: secondsLeft,
        text: format.when(expiresAt, now),
        exact: format.time(expiresAt),
      }))}
    />
  );
}

function StatusMark(props: { certificate: Measured<Certificate> }) {
  const { certificate } = props;
  const { t } = useFormat();
  const status =
    certificate.status === 'known' ? certificate.value.status : 'unknown';
  return (
    <ToneMark tone={statusTones[status]}>
      {t(`security.certificate.${status}`)}
    </ToneMark>
  );
}
