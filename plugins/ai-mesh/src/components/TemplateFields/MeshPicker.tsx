import type { CanaryOptions } from '@ai-mesh/plugin-ai-mesh-common';
import { type ReactNode, useEffect, useState } from 'react';
import { useCanaryOptions } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { Field } from '../Canary/request/Field';
import { Menu } from '../Canary/request/Menu';
import { classifyError } from '../States';
import type { PickerProps } from './schemas';

/** What there is to choose from, and why there is nothing. */
export interface Choices {
  choices: Array<{ value: string; label: string }>;
  nothing?: ReactNode;
  /** The only one is the right one. */
  choosesOnly?: boolean;
}

interface Props {
  field: PickerProps;
  title: string;
  choicesOf(options: CanaryOptions): Choices;
}

/** Another field of the form, by its name. */
export function answerIn(
  { formContext }: PickerProps,
  name: string,
): string | undefined {
  const answer = formContext?.formData?.[name];
  return typeof answer === 'string' && answer !== '' ? answer : undefined;
}

/** A field of a template's form whose answers the mesh has, for the entity that the form is about. */
export function MeshPicker(props: Props) {
  const { field, title } = props;
  const { t } = useAiMeshTranslation();
  const name = field.uiSchema['ui:options']?.entityField ?? 'entityRef';
  const entityRef = answerIn(field, name);
  return entityRef ? (
    <OfferedMenu {...props} key={entityRef} entityRef={entityRef} />
  ) : (
    <Menu
      label={field.schema.title ?? title}
      required={field.required}
      value=""
      options={[]}
      help={t('template.entityFirst')}
      onChange={() => {}}
    />
  );
}

function OfferedMenu(props: Props & { entityRef: string }) {
  const { field, entityRef, choicesOf } = props;
  const { formData: value, onChange, rawErrors = [] } = field;
  const { data, error } = useCanaryOptions(entityRef);
  const { t } = useAiMeshTranslation();
  const [gone, setGone] = useState<string>();

  const options = data?.answer;
  const { choices, nothing, choosesOnly } = options
    ? choicesOf(options)
    : { choices: [] };
  // What a cluster that does not answer has may be there all the same.
  const seesAll = options?.sources.every(
    ({ name, status }) => name !== 'kubernetes' || status === 'ok',
  );
  const isOffered = choices.some(choice => choice.value === value);
  const only =
    choosesOnly && choices.length === 1 ? choices[0].value : undefined;
  const isGone = value !== undefined && seesAll && !isOffered;
  useEffect(() => {
    if (isGone) {
      setGone(value);
      onChange(undefined);
    } else if (value === undefined && only !== undefined) {
      onChange(only);
    }
  }, [isGone, only, value, onChange]);

  const labels = {
    label: field.schema.title ?? props.title,
    required: field.required,
    value: value ?? '',
    onChange: (chosen: string) => onChange(chosen || undefined),
  };
  const wrong =
    gone !== undefined && value === undefined
      ? t('template.gone', { name: gone })
      : rawErrors.join(' ') || undefined;
  if (error && !options) {
    const why = t(`state.${classifyError(error)}.title`);
    return (
      <Field
        {...labels}
        fullWidth
        error={wrong}
        help={t('template.unreadable', { why })}
      />
    );
  }
  const unseen =
    options && !seesAll ? t('template.partly') : field.schema.description;
  return (
    <Menu
      {...labels}
      options={
        isOffered || value === undefined
          ? choices
          : [...choices, { value, label: value }]
      }
      error={wrong ?? nothing}
      help={options ? unseen : t('template.loading')}
    />
  );
}
