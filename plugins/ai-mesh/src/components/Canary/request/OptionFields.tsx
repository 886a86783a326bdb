import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { useFormat } from '../../../format';
import { useAiMeshTranslation } from '../../../translation';
import { LocalTimeField } from '../../Screen';
import { Field } from './Field';
import { fieldMessage } from './fieldMessages';
import { headerKinds, numberOf } from './planDraft';
import { Menu } from './Menu';
import { type DraftProps, useFieldStyles } from './PlanFields';

/** What a plan may have on top: a header phase, people who stay, a window to start in, a clean-up. */
export function OptionFields(props: DraftProps) {
  const { draft, issues, onChange } = props;
  const { t } = useAiMeshTranslation();
  const classes = useFieldStyles();
  const switchFor = (key: 'headerPhase' | 'affinity' | 'cleanUp') => (
    <FormControlLabel
      control={
        <Checkbox
          color="primary"
          size="small"
          checked={draft[key]}
          onChange={(_, checked) => onChange({ [key]: checked })}
        />
      }
      label={t(`canary.form.${key}`)}
    />
  );
  return (
    <>
      <div>
        {switchFor('headerPhase')}
        {draft.headerPhase && <HeaderFields {...props} />}
      </div>
      <div>
        {switchFor('affinity')}
        {draft.affinity && <AffinityFields {...props} />}
      </div>
      <div className={classes.fields}>
        {(['notBefore', 'notAfter'] as const).map(key => (
          <LocalTimeField
            key={key}
            label={t(`canary.form.${key}`)}
            value={draft[key]}
            error={fieldMessage(`startWindow.${key}`, issues, t)}
            onChange={value => onChange({ [key]: value })}
          />
        ))}
      </div>
      <div>
        {switchFor('cleanUp')}
        {draft.cleanUp && (
          <div className={classes.below}>
            {(['soakSeconds', 'reversibleSeconds'] as const).map(key => (
              <Field
                key={key}
                label={t(`canary.form.${key}`)}
                value={draft[key]}
                error={fieldMessage(`cleanUp.${key}`, issues, t)}
                inputProps={{ inputMode: 'numeric' }}
                onChange={value => onChange({ [key]: value })}
              />
            ))}
          </div>
        )}
      </div>
    </>
  );
}

function AffinityFields({ draft, issues, onChange }: DraftProps) {
  const { t, format } = useFormat();
  const classes = useFieldStyles();
  const seconds = numberOf(draft.cookieSeconds);
  return (
    <div className={classes.below}>
      <Field
        label={t('canary.form.cookie')}
        value={draft.cookie}
        help={t('canary.form.cookieHelp')}
        error={
          fieldMessage('affinity.cookie', issues, t) ??
          fieldMessage('affinity.secure', issues, t)
        }
        onChange={cookie => onChange({ cookie })}
      />
      <Field
        label={t('canary.form.cookieSeconds')}
        value={draft.cookieSeconds}
        help={
          seconds >= 120
            ? t('canary.form.that', {
                duration: format.duration(seconds * 1000),
              })
            : undefined
        }
        error={fieldMessage('affinity.maxAgeSeconds', issues, t)}
        inputProps={{ inputMode: 'numeric' }}
        onChange={cookieSeconds => onChange({ cookieSeconds })}
      />
      <FormControlLabel
        control={
          <Checkbox
            color="primary"
            size="small"
            checked={draft.cookieSecure}
            onChange={(_, cookieSecure) => onChange({ cookieSecure })}
          />
        }
        label={t('canary.form.cookieSecure')}
      />
    </div>
  );
}

function HeaderFields({ draft, issues, onChange }: DraftProps) {
  const { t } = useAiMeshTranslation();
  const classes = useFieldStyles();
  const { headers } = draft;
  const set = (index: number, part: Partial<(typeof headers)[number]>) =>
    onChange({
      headers: headers.map((header, i) =>
        i === index ? { ...header, ...part } : header,
      ),
    });
  return (
    <>
      {headers.map((header, i) => (
        <div key={i} className={classes.below}>
          <Field
            label={t('canary.form.header.name', { number: String(i + 1) })}
            value={header.name}
            error={fieldMessage(`headerPhase.headers.${i}.name`, issues, t)}
            onChange={name => set(i, { name })}
          />
          <Menu
            label={t('canary.form.header.kind', { number: String(i + 1) })}
            value={header.kind}
            options={headerKinds.map(kind => ({
              value: kind,
              label: t(`canary.form.header.kind.${kind}`),
            }))}
            onChange={kind =>
              set(i, { kind: headerKinds.find(one => one === kind) })
            }
          />
          <Field
            label={t('canary.form.header.value', { number: String(i + 1) })}
            value={header.value}
            help={
              header.kind === 'values'
                ? t('canary.form.header.valuesHelp')
                : undefined
            }
            error={
              fieldMessage(
                `headerPhase.headers.${i}.${header.kind}`,
                issues,
                t,
              ) ?? fieldMessage(`headerPhase.headers.${i}.value`, issues, t)
            }
            onChange={value => set(i, { value })}
          />
          {headers.length > 1 && (
            <Button
              onClick={() =>
                onChange({ headers: headers.filter((_, j) => j !== i) })
              }
            >
              {t('canary.form.header.remove', { number: String(i + 1) })}
            </Button>
          )}
        </div>
      ))}
      <Button
        size="small"
        onClick={() =>
          onChange({
            headers: [...headers, { name: '', kind: 'value', value: '' }],
          })
        }
      >
        {t('canary.form.header.add')}
      </Button>
    </>
  );
}
