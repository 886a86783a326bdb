import type { Config } from '@backstage/config';

const STARTUP = 'backend.startup';

/** Whether Backstage is told to start also where the plugin fails to; it is not unless told so. */
export function startsWithoutPlugin(config: Config, pluginId: string): boolean {
  const told =
    config.getOptionalString(
      `${STARTUP}.plugins.${pluginId}.onPluginBootFailure`,
    ) ?? config.getOptionalString(`${STARTUP}.default.onPluginBootFailure`);
  return told === 'continue';
}
