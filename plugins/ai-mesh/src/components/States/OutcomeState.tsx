import { ANNOTATION_SERVICE } from '@ai-mesh/plugin-ai-mesh-common';
import UnreachableIcon from '@material-ui/icons/CloudOff';
import ForbiddenIcon from '@material-ui/icons/LockOutlined';
import EmptyIcon from '@material-ui/icons/SearchOutlined';
import NotConfiguredIcon from '@material-ui/icons/SettingsOutlined';
import { useAiMeshTranslation } from '../../translation';
import { SourcesTable } from '../Sources';
import type { Answer, Outcome } from './classifyAnswer';
import { Code } from '../Figures';
import { Message } from './Message';
import { SearchedTable } from './SearchedTable';

const CONFIGURATION = `aiMesh:
  clusters:
    - name: production
      kubernetes:
        url: https://cluster.example.com
        serviceAccountToken: \${AI_MESH_CLUSTER_TOKEN}
      prometheus:
        url: https://prometheus.example.com`;

const ANNOTATION = `metadata:
  annotations:
    ${ANNOTATION_SERVICE}: ai-services/ai-chat-service`;

/** Stands where content would be, when the answer found nothing of the entity. */
export function OutcomeState(props: {
  outcome: Exclude<Outcome, 'content'>;
  answer: Answer;
  onRetry: () => void;
}) {
  const { outcome, answer, onRetry } = props;
  const { t } = useAiMeshTranslation();
  const { resolution, sources } = answer;
  switch (outcome) {
    case 'empty':
      return (
        <Message
          icon={EmptyIcon}
          title={t('state.empty.title')}
          body={t('state.empty.body', {
            annotation: resolution.annotation,
            value: resolution.value,
          })}
          onRetry={onRetry}
        >
          <SearchedTable resolution={resolution} />
          <div>{t('state.empty.next')}</div>
          <Code label={t('state.sample')}>{ANNOTATION}</Code>
          {sources.some(
            ({ status }) => status !== 'ok' && status !== 'not-configured',
          ) && <SourcesTable sources={sources} />}
        </Message>
      );
    case 'withheld':
      return (
        <Message
          icon={ForbiddenIcon}
          title={t('state.withheld.title')}
          body={t('state.withheld.body', {
            annotation: resolution.annotation,
            value: resolution.value,
          })}
          onRetry={onRetry}
        >
          <SearchedTable resolution={resolution} />
        </Message>
      );
    case 'notConfigured':
      return (
        <Message
          icon={NotConfiguredIcon}
          title={t('state.notConfigured.title')}
          body={t('state.notConfigured.body')}
        >
          <Code label={t('state.sample')}>{CONFIGURATION}</Code>
        </Message>
      );
    default:
      return (
        <Message
          icon={outcome === 'unreachable' ? UnreachableIcon : ForbiddenIcon}
          title={t(`state.${outcome}.title`)}
          body={t(`state.${outcome}.body`)}
          onRetry={onRetry}
        >
          <SourcesTable sources={sources} />
        </Message>
      );
  }
}
