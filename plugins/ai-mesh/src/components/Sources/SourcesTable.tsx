import type { Source } from '@ai-mesh/plugin-ai-mesh-common';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../translation';
import { Age } from '../Figures';
import { Said } from '../Marks';
import { SourceStatus } from './SourceStatus';

/** Where an answer came from, how each source did, and how old its part is. */
export function SourcesTable(props: { sources: Source[] }) {
  const { t } = useAiMeshTranslation();
  if (props.sources.length === 0) {
    return <Typography color="textSecondary">{t('sources.none')}</Typography>;
  }
  return (
    <Table size="small" aria-label={t('sources.title')}>
      <TableHead>
        <TableRow>
          <TableCell>{t('sources.source')}</TableCell>
          <TableCell>{t('sources.cluster')}</TableCell>
          <TableCell>{t('sources.status')}</TableCell>
          <TableCell>{t('sources.age')}</TableCell>
          <TableCell>{t('sources.message')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {props.sources.map(source => (
          <TableRow key={`${source.name} ${source.cluster ?? ''}`}>
            <TableCell component="th" role="rowheader" scope="row">
              {t(`source.${source.name}`)}
            </TableCell>
            <TableCell>{source.cluster ?? '–'}</TableCell>
            <TableCell>
              <SourceStatus status={source.status} />
            </TableCell>
            <TableCell>
              {source.observedAt ? <Age at={source.observedAt} /> : '–'}
            </TableCell>
            <TableCell>
              <Said
                of={{ message: source.message ?? '', words: source.words }}
              />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
