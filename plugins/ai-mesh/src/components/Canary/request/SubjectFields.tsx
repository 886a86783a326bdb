import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import { useFormat } from '../../../format';
import { Notice, Said } from '../../Marks';
import { versionName } from '../versionName';
import { Menu } from './Menu';
import {
  type OfferedRoute,
  type OfferedService,
  routeKey,
  serviceKey,
} from './subjectChoices';
import type { Subject } from './useSubject';

const useStyles = makeStyles(theme => ({
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(220px, 1fr))',
    gap: theme.spacing(2),
  },
  wide: { gridColumn: '1 / -1' },
}));

/** Which service and route, from which version to which. */
export function SubjectFields(props: {
  services: OfferedService[];
  subject: Subject;
}) {
  const { services, subject } = props;
  const { service, route, stable, canary, gone } = subject;
  const { t, format } = useFormat();
  const classes = useStyles();
  const versions = service?.versions.map(({ label, version }) => ({
    value: label,
    label:
      version.pool === undefined
        ? label
        : t('canary.form.pool', { name: label }),
  }));
  const same = stable !== undefined && stable.label === canary?.label;
  const routeLabel = ({ route: { object, rule }, weights }: OfferedRoute) =>
    [
      `${object.kind} ${object.name}`,
      rule && t('canary.ruleName', { rule }),
      weights
        .map(
          weight =>
            `${versionName(weight)} ${format.percent(weight.percent / 100)}`,
        )
        .join(' / '),
    ]
      .filter(Boolean)
      .join(' · ');
  const lost = (name: string | undefined) =>
    name === undefined ? undefined : t('canary.form.gone', { name });
  return (
    <div className={classes.fields}>
      <Menu
        label={t('canary.form.service')}
        value={service ? serviceKey(service) : ''}
        options={services.map(offered => ({
          value: serviceKey(offered),
          label: serviceKey(offered),
        }))}
        error={lost(gone.service)}
        onChange={subject.setService}
      />
      <Menu
        label={t('canary.form.route')}
        value={route ? routeKey(route) : ''}
        options={
          service?.routes.map(offered => ({
            value: routeKey(offered),
            label: routeLabel(offered),
          })) ?? []
        }
        error={lost(gone.route)}
        onChange={subject.setRoute}
      />
      <Menu
        label={t('canary.form.stable')}
        value={stable?.label ?? ''}
        options={versions ?? []}
        error={lost(gone.stable)}
        onChange={subject.setStable}
      />
      <Menu
        label={t('canary.form.canary')}
        value={canary?.label ?? ''}
        options={versions ?? []}
        error={same ? t('canary.rule.sameVersion') : lost(gone.canary)}
        onChange={subject.setCanary}
      />
      {service?.message && (
        <div className={classes.wide}>
          <Notice tone="degraded" title={t('canary.form.noRoute')}>
            <Said of={{ message: service.message, words: service.words }} />
          </Notice>
        </div>
      )}
      {route?.busyWith && (
        <div className={classes.wide}>
          <Notice tone="degraded" title={t('canary.form.busy')}>
            <Link to={`../canary/${route.busyWith}`}>
              {t('canary.form.busyLink')}
            </Link>
          </Notice>
        </div>
      )}
    </div>
  );
}
