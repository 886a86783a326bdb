import type { PortMtls, WorkloadMtls } from '@ai-mesh/plugin-ai-mesh-common';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../../translation';
import { ToneMark } from '../../Marks';
import type { OpenedObject } from '../../Objects';
import { useTableStyles } from '../../Tables';
import { SettingLink } from '../SettingLink';
import { useSecurityStyles } from '../useSecurityStyles';
import { modeLooks } from './looks';

/** What each port of each workload takes, and which setting says so. */
export function PortsTable(props: {
  workloads: WorkloadMtls[];
  onOpen: (object: OpenedObject) => void;
}) {
  const { workloads, onOpen } = props;
  const { t } = useAiMeshTranslation();
  const { scroll } = useTableStyles();
  const { table, sentence } = useSecurityStyles();
  return (
    <div className={scroll}>
      <Table
        size="small"
        aria-label={t('security.ports.title')}
        className={table}
      >
        <TableHead>
          <TableRow>
            <TableCell>{t('security.ports.workload')}</TableCell>
            <TableCell>{t('security.ports.proxy')}</TableCell>
            <TableCell>{t('security.ports.port')}</TableCell>
            <TableCell>{t('security.ports.takes')}</TableCell>
            <TableCell>{t('security.ports.decidedBy')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {workloads.flatMap(({ workload, proxy, ports }) =>
            ports.map(port => (
              <TableRow key={`${workload.kind} ${workload.name} ${port.port}`}>
                <TableCell component="th" role="rowheader" scope="row">
                  {workload.name}
                  <Typography
                    variant="caption"
                    color="textSecondary"
                    component="div"
                  >
                    {workload.kind}
                  </Typography>
                </TableCell>
                <TableCell>{t(`security.proxy.${proxy}`)}</TableCell>
                <TableCell>
                  {port.port}
                  <Typography
                    variant="caption"
                    color="textSecondary"
                    component="div"
                  >
                    {describePort(port)}
                  </Typography>
                </TableCell>
                <TableCell>
                  <ToneMark {...modeLooks[port.mode]}>
                    {t(`security.mode.${port.mode}`)}
                  </ToneMark>
                  <Typography
                    variant="caption"
                    color="textSecondary"
                    component="div"
                  >
                    {t(`security.takes.${port.mode}`)}
                  </Typography>
                </TableCell>
                <TableCell className={sentence}>
                  {t(`security.level.${port.level}`)}
                  {port.decidedBy && (
                    <div>
                      <SettingLink setting={port.decidedBy} onOpen={onOpen} />
                    </div>
                  )}
                </TableCell>
              </TableRow>
            )),
          )}
        </TableBody>
      </Table>
    </div>
  );
}

/** `80 http · grpc`: the Service's side, and what is spoken. */
function describePort({ servicePorts, protocol }: PortMtls): string {
  const named = servicePorts.map(({ port, name }) =>
    name === undefined ? String(port) : `${port} ${name}`,
  );
  return `${named.join(', ')} · ${protocol}`;
}
