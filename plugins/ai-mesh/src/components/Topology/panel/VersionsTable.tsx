import type { TopologyNode } from '@ai-mesh/plugin-ai-mesh-common';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import { useAiMeshTranslation } from '../../../translation';
import { EndpointsFigure, SignalFigure, MeasuredFigure } from '../../Figures';
import { useTableStyles } from '../../Tables';

const useStyles = makeStyles(theme => ({
  // Five columns in a narrow panel.
  narrow: {
    '& th, & td': { padding: theme.spacing(0.5, 1, 0.5, 0) },
    '& th[scope=row]': { minWidth: 0 },
  },
}));

/** The versions of a service beside each other. */
export function VersionsTable(props: { node: TopologyNode }) {
  const { versions, cluster } = props.node;
  const { t } = useAiMeshTranslation();
  const { scroll } = useTableStyles();
  const { narrow } = useStyles();
  return (
    <div className={scroll}>
      <Table
        size="small"
        className={narrow}
        aria-label={t('topology.panel.versions')}
      >
        <TableHead>
          <TableRow>
            <TableCell>{t('topology.panel.version')}</TableCell>
            <TableCell>{t('topology.panel.share')}</TableCell>
            <TableCell>{t('figure.errorRatio')}</TableCell>
            <TableCell>{t('topology.table.p95')}</TableCell>
            <TableCell>{t('figure.endpoints')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {versions.map(({ name, observedShare, traffic, endpoints }) => (
            <TableRow key={name}>
              <TableCell component="th" role="rowheader" scope="row">
                {name || t('topology.node.noVersion')}
              </TableCell>
              <TableCell>
                <MeasuredFigure
                  kind="share"
                  label={t('figure.observedShare')}
                  value={observedShare}
                  query="requests"
                  cluster={cluster}
                />
              </TableCell>
              <TableCell>
                <SignalFigure
                  traffic={traffic}
                  signal="errorRatio"
                  cluster={cluster}
                />
              </TableCell>
              <TableCell>
                <SignalFigure
                  traffic={traffic}
                  signal="p95"
                  cluster={cluster}
                />
              </TableCell>
              <TableCell>
                <EndpointsFigure endpoints={endpoints} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
