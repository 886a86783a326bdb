import type {
  Caller,
  MayCallRequest,
  ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import Button from '@material-ui/core/Button';
import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import { FormEvent, useId, useState } from 'react';
import { useAiMeshTranslation } from '../../../translation';
import type { OpenedObject } from '../../Objects';
import { Choice } from '../../Screen';
import { callerKinds, emptyQuestion, requestOf } from './question';
import { MayCallAnswer } from './MayCallAnswer';
import { QuestionField } from './QuestionField';
import { useMayCall } from './useMayCall';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

const useStyles = makeStyles(theme => ({
  fields: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1.5),
  },
  form: { display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5) },
}));

/** "May X call ...?", answered by the policies as they are. */
export function MayCallForm(props: {
  entityRef: string;
  service: ServiceRef;
  /** Callers that were seen, to choose from. */
  suggestions: Caller[];
  onOpen: (object: OpenedObject) => void;
}) {
  const { entityRef, service, suggestions, onOpen } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const listId = useId();
  const [question, setQuestion] = useState(emptyQuestion);
  const [more, setMore] = useState(false);
  const { answer, error, loading, ask } = useMayCall(entityRef);
  const change = (part: Partial<typeof question>) =>
    setQuestion(before => ({ ...before, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const request: MayCallRequest = requestOf(question, service);
    ask(request);
  };
  const field = (name: keyof typeof question, width?: number) => ({
    label: t(`security.mayCall.${name}`),
    value: question[name],
    onChange: (value: string) => change({ [name]: value }),
    width,
  });
  return (
    <form
      className={classes.form}
      onSubmit={submit}
      aria-label={t('security.mayCall.title')}
    >
      <div className={classes.fields}>
        <Choice
          label={t('security.mayCall.caller')}
          value={question.caller}
          onChange={caller => change({ caller })}
          options={callerKinds.map(value => ({
            value,
            label: t(`security.mayCall.caller.${value}`),
          }))}
        />
        {question.caller === 'workload' && (
          <QuestionField
            {...field('workload', 280)}
            required
            pattern="[^\/]+\/[^\/]+"
            listId={listId}
          />
        )}
        {question.caller === 'principal' && (
          <QuestionField {...field('principal', 380)} required />
        )}
        <datalist id={listId}>
          {suggestions.map(({ id, namespace, workload }) =>
            workload === undefined ? null : (
              <option key={id} value={`${namespace}/${workload}`} />
            ),
          )}
        </datalist>
        <Choice
          label={t('security.mayCall.method')}
          value={question.method}
          onChange={method => change({ method })}
          options={METHODS.map(value => ({ value, label: value }))}
        />
        <QuestionField {...field('path', 260)} required pattern="/.*" />
        <Button
          type="submit"
          variant="outlined"
          disabled={loading}
          aria-busy={loading}
        >
          {t('security.mayCall.ask')}
        </Button>
        <Link
          component="button"
          type="button"
          variant="body2"
          underline="always"
          aria-expanded={more}
          onClick={() => setMore(!more)}
        >
          {t(more ? 'security.mayCall.less' : 'security.mayCall.more')}
        </Link>
      </div>
      {more && (
        <div className={classes.fields}>
          <QuestionField {...field('port', 110)} pattern="[0-9]+" />
          <QuestionField {...field('host', 260)} />
          <QuestionField {...field('ip', 160)} />
          <QuestionField {...field('headers', 320)} multiline />
        </div>
      )}
      <MayCallAnswer answer={answer} error={error} onOpen={onOpen} />
    </form>
  );
}
