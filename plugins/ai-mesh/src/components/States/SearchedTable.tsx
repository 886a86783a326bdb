import type { Resolution } from '@ai-mesh/plugin-ai-mesh-common';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { useAiMeshTranslation } from '../../translation';
import { Said } from '../Marks';

/** Which selector ran on which cluster, and what it found. */
export function SearchedTable(props: { resolution: Resolution }) {
  const { t } = useAiMeshTranslation();
  return (
    <Table size="small">
      <TableHead>
        <TableRow>
          <TableCell>{t('state.empty.cluster')}</TableCell>
          <TableCell>{t('state.empty.selector')}</TableCell>
          <TableCell>{t('state.empty.found')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {props.resolution.searched.map(row => {
          const found = [...row.services, ...row.workloads].map(
            ({ namespace, name }) => `${namespace}/${name}`,
          );
          return (
            <TableRow key={row.cluster}>
              <TableCell>{row.cluster}</TableCell>
              <TableCell>
                <Said
                  of={{ message: row.selector, words: row.selectorWords }}
                />
              </TableCell>
              <TableCell>
                {found.join(t('text.and')) || t('state.empty.foundNothing')}
                {row.message && (
                  <div>
                    <Said of={{ message: row.message, words: row.words }} />
                  </div>
                )}
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
