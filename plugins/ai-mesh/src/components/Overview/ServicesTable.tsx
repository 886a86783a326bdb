import type { Overview } from '@ai-mesh/plugin-ai-mesh-common';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../translation';

/** What of the mesh belongs to the entity, and by which annotation. */
export function ServicesTable(props: { overview: Overview }) {
  const { services, resolution } = props.overview;
  const { t } = useAiMeshTranslation();
  return (
    <>
      <Table size="small" aria-label={t('overview.services.title')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('overview.services.service')}</TableCell>
            <TableCell>{t('overview.services.namespace')}</TableCell>
            <TableCell>{t('overview.services.cluster')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {services.map(({ cluster, namespace, name }) => (
            <TableRow key={`${cluster} ${namespace} ${name}`}>
              <TableCell component="th" role="rowheader" scope="row">
                {name}
              </TableCell>
              <TableCell>{namespace}</TableCell>
              <TableCell>{cluster}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <Typography variant="body2" color="textSecondary">
        {t('overview.services.found', {
          annotation: resolution.annotation,
          value: resolution.value,
        })}
      </Typography>
    </>
  );
}
