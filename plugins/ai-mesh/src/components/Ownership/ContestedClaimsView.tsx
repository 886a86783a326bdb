import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import SettledIcon from '@material-ui/icons/DoneAll';
import FailedIcon from '@material-ui/icons/ErrorOutline';
import { useState } from 'react';
import { useContestedClaims } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { Said } from '../Marks';
import { ScreenFrame } from '../Screen/ScreenFrame';
import { Message, saidBy } from '../States';

/** For the platform's engineers: the Services that more entities claim than own them, on all clusters. */
export function ContestedClaimsView() {
  const { t } = useAiMeshTranslation();
  const [pages, setPages] = useState(1);
  const polled = useContestedClaims(pages);
  const { data, error, refresh } = polled;
  return (
    <ScreenFrame polled={polled}>
      <Typography>{t('ownership.page.body')}</Typography>
      {!data && !error && (
        <div role="status" aria-label={t('screen.loading')} />
      )}
      {!data && error && (
        <Message
          icon={FailedIcon}
          title={t('ownership.page.failed')}
          body={t('ownership.page.failedNext')}
          said={saidBy(error)}
          onRetry={refresh}
        />
      )}
      {data?.answer.services.length === 0 && (
        <Message
          icon={SettledIcon}
          title={t('ownership.page.none')}
          body={t('ownership.page.noneNext')}
        />
      )}
      {data && data.answer.services.length > 0 && (
        <Paper variant="outlined">
          <Table size="small" aria-label={t('ownership.page.title')}>
            <TableHead>
              <TableRow>
                <TableCell>{t('ownership.page.service')}</TableCell>
                <TableCell>{t('ownership.page.owners')}</TableCell>
                <TableCell>{t('ownership.page.claims')}</TableCell>
                <TableCell>{t('ownership.page.evidence')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {data.answer.services.map(
                ({
                  service,
                  owners,
                  claims,
                  hidden,
                  evidence,
                  evidenceWords,
                }) => {
                  const name = `${service.cluster}/${service.namespace}/${service.name}`;
                  return (
                    <TableRow key={name}>
                      <TableCell component="th" scope="row">
                        {name}
                      </TableCell>
                      <TableCell>
                        {owners.length > 0 ? (
                          <EntityRefLinks entityRefs={owners} />
                        ) : (
                          t('ownership.page.nobody')
                        )}
                      </TableCell>
                      <TableCell>
                        <EntityRefLinks entityRefs={claims} />
                        {hidden > 0 && (
                          <div>{t('ownership.hidden', { count: hidden })}</div>
                        )}
                      </TableCell>
                      <TableCell>
                        {evidence ? (
                          <Said
                            of={{ message: evidence, words: evidenceWords }}
                          />
                        ) : (
                          t('ownership.page.noEvidence')
                        )}
                      </TableCell>
                    </TableRow>
                  );
                },
              )}
            </TableBody>
          </Table>
          {data.answer.next && (
            <Button onClick={() => setPages(pages + 1)}>
              {t('ownership.page.more')}
            </Button>
          )}
        </Paper>
      )}
    </ScreenFrame>
  );
}
