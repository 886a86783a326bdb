import TooManyIcon from '@material-ui/icons/HourglassEmpty';
import {
  aiMeshReadPermission,
  ANNOTATION_SERVICE,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import UnreachableIcon from '@material-ui/icons/CloudOff';
import MissingIcon from '@material-ui/icons/ExtensionOutlined';
import ForbiddenIcon from '@material-ui/icons/LockOutlined';
import MalformedIcon from '@material-ui/icons/ReportProblemOutlined';
import EntityIcon from '@material-ui/icons/SearchOutlined';
import type { ComponentType } from 'react';
import { isSystemRef } from '../../isSystem';
import { useAiMeshTranslation } from '../../translation';
import { classifyError, Failure, saidBy } from './classifyError';
import { Code } from '../Figures';
import { Message } from './Message';

const icons: Record<Failure, ComponentType<SvgIconProps>> = {
  forbidden: ForbiddenIcon,
  signedOut: ForbiddenIcon,
  backendMissing: MissingIcon,
  entityMissing: EntityIcon,
  noComponents: EntityIcon,
  badAnnotation: MalformedIcon,
  badAnswer: MalformedIcon,
  tooMany: TooManyIcon,
  badSettings: MalformedIcon,
  backendUnreachable: UnreachableIcon,
  codeMissing: MissingIcon,
};

const BACKEND = "backend.add(import('@ai-mesh/plugin-ai-mesh-backend'));";

/** @param system - as its components name it */
const componentOf = (system: string) => `metadata:
  annotations:
    ${ANNOTATION_SERVICE}: ai-services/ai-chat-service
spec:
  system: ${system}`;

/** Which show lines of a file, where others show what the backend said in a sentence. */
const WITH_SAMPLE: readonly Failure[] = [
  'backendMissing',
  'badSettings',
  'noComponents',
];

/** Stands where an answer would be, when the first request failed. */
export function FailureState(props: {
  error: Error;
  entityRef: string;
  onRetry: () => void;
}) {
  const { error, entityRef, onRetry } = props;
  const { t } = useAiMeshTranslation();
  const failure = classifyError(error);
  const isOfSystem = failure === 'forbidden' && isSystemRef(entityRef);
  return (
    <Message
      icon={icons[failure]}
      title={t(`state.${failure}.title`)}
      body={t(
        isOfSystem ? 'state.forbidden.ofSystem' : `state.${failure}.body`,
        {
          entity: entityRef,
          permission: aiMeshReadPermission.name,
        },
      )}
      said={WITH_SAMPLE.includes(failure) ? undefined : saidBy(error)}
      onRetry={onRetry}
    >
      {failure === 'backendMissing' && (
        <Code label={t('state.sample')}>{BACKEND}</Code>
      )}
      {failure === 'noComponents' && (
        <Code label={t('state.sample')}>
          {componentOf(entityRef.split(':')[1])}
        </Code>
      )}
      {failure === 'badSettings' && (
        <Code label={t('state.badSettings.said')}>{error.message}</Code>
      )}
    </Message>
  );
}
