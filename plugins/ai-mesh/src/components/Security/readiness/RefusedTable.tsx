import { known, type RefusedCaller } from '@ai-mesh/plugin-ai-mesh-common';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { useFormat } from '../../../format';
import { Age, MeasuredFigure } from '../../Figures';
import type { OpenedObject } from '../../Objects';
import { useTableStyles } from '../../Tables';
import { CallerName } from '../CallerName';
import { SettingLinks } from '../SettingLink';
import { useSecurityStyles } from '../useSecurityStyles';
import { Said } from '../../Marks';

/** Who STRICT would refuse: those that were seen, and those that configuration tells of. */
export function RefusedTable(props: {
  label: string;
  refused: RefusedCaller[];
  cluster: string;
  onOpen: (object: OpenedObject) => void;
}) {
  const { label, refused, cluster, onOpen } = props;
  const { t } = useFormat();
  const { scroll } = useTableStyles();
  const { table, sentence } = useSecurityStyles();
  const rate = t('security.callers.plaintextRate');
  return (
    <div className={scroll}>
      <Table size="small" aria-label={label} className={table}>
        <TableHead>
          <TableRow>
            <TableCell>{t('security.callers.caller')}</TableCell>
            <TableCell>{t('security.refused.from')}</TableCell>
            <TableCell>{t('security.callers.why')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {refused.map(entry => (
            <TableRow key={`${entry.from} ${entry.caller.id}`}>
              <TableCell component="th" role="rowheader" scope="row">
                <CallerName caller={entry.caller} cluster={cluster} />
              </TableCell>
              <TableCell>
                {t(`security.refused.${entry.from}`)}
                {entry.plaintextPerSecond !== undefined && (
                  <div>
                    <MeasuredFigure
                      kind="calls"
                      label={rate}
                      value={known(entry.plaintextPerSecond)}
                      query="encryption"
                      cluster={cluster}
                    />
                  </div>
                )}
                {entry.lastPlaintextAt !== undefined && (
                  <div>
                    <Age at={entry.lastPlaintextAt} />
                  </div>
                )}
              </TableCell>
              <TableCell className={sentence}>
                <Said of={entry} />
                <SettingLinks settings={entry.at} onOpen={onOpen} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
