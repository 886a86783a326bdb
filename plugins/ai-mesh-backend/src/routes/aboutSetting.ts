import {
  wording,
  type SettingSource,
  type TextKey,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';

/** A sentence about a setting, in which `{{setting}}` is `spec.mtls.mode of PeerAuthentication ai/default`. */
export function aboutSetting(
  key: TextKey,
  { object, path }: SettingSource,
  params: Words['params'] = {},
  terms: Readonly<Record<string, TextKey>> = {},
): Words {
  return wording(
    key,
    {
      path,
      object: `${object.kind} ${object.namespace ?? ''}/${object.name}`,
      ...params,
    },
    { setting: 'setting', ...terms },
  );
}

/** The same of a setting that is not what its schema asks for: `{{expected}}` says what that is. */
export function aboutUnreadable(
  key: TextKey,
  setting: SettingSource,
  expected: Words,
): Words {
  const { params, terms, ...about } = aboutSetting(key, setting);
  return {
    ...about,
    params: { ...params, ...expected.params },
    terms: { ...terms, expected: expected.key },
  };
}
