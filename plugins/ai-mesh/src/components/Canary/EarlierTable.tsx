import type { Canary } from '@ai-mesh/plugin-ai-mesh-common';
import { Link } from '@backstage/core-components';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { useAiMeshTranslation } from '../../translation';
import { Age } from '../Figures';
import { useTableStyles } from '../Tables';
import { Identity } from './Identity';
import { Panel } from './Panel';
import { StateMark } from './StateMark';
import { versionNames } from './versionName';

/** Canaries that have ended, the latest first, each with the way to its history. */
export function EarlierTable(props: { canaries: Canary[] }) {
  const { t } = useAiMeshTranslation();
  const { scroll } = useTableStyles();
  return (
    <Panel title={t('canary.earlier.title')}>
      <div className={scroll}>
        <Table size="small" aria-label={t('canary.earlier.title')}>
          <TableHead>
            <TableRow>
              <TableCell>{t('canary.earlier.canary')}</TableCell>
              <TableCell>{t('canary.earlier.outcome')}</TableCell>
              <TableCell>{t('canary.earlier.ended')}</TableCell>
              <TableCell>{t('canary.about.requestedBy')}</TableCell>
              <TableCell>{t('canary.about.reason')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {props.canaries.map(canary => (
              <TableRow key={canary.id}>
                <TableCell component="th" role="rowheader" scope="row">
                  <Link to={`../canary/${canary.id}`}>
                    {t('canary.name', {
                      service: canary.service.name,
                      ...versionNames(canary),
                    })}
                  </Link>
                  {canary.group && ` · ${canary.service.cluster}`}
                </TableCell>
                <TableCell>
                  <StateMark state={canary.state} />
                </TableCell>
                <TableCell>
                  {canary.endedAt ? <Age at={canary.endedAt} /> : '–'}
                </TableCell>
                <TableCell>
                  <Identity by={canary.requestedBy} />
                </TableCell>
                <TableCell translate="no">{canary.reason}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </Panel>
  );
}
