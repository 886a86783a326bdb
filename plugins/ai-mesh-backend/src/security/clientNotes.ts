import { said, wording, type MtlsNote } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { serviceOfHost } from '../routes/hosts';
import { rulesNaming } from './callerDestinationRules';
import { clientTlsRules, type ClientTlsRules } from './ClientTlsRules';
import { settingOf } from './serverMtls';
import { aboutUnreadable } from '../routes/aboutSetting';

/**
 * What cannot be read in the DestinationRules of a host: in those that name it, and in those of its namespace and of the
 * root whose host is no text, which may be meant for it.
 */
export function clientNotes(snapshot: MeshSnapshot, host: string): MtlsNote[] {
  const namespace = serviceOfHost(host, snapshot.clusterDomain)?.namespace;
  const nearby = [...new Set([namespace, snapshot.rootNamespace])].flatMap(
    place =>
      place === undefined ? [] : snapshot.inNamespace('DestinationRule', place),
  );
  const hostless = nearby
    .map(clientTlsRules)
    .filter(rules => rules.host === undefined);
  return [...rulesNaming(snapshot, host), ...hostless].flatMap(rules =>
    unreadableIn(rules).map(({ path, expected }) => {
      const setting = settingOf(snapshot, rules.object, path);
      return {
        kind: 'unreadable' as const,
        ...said(aboutUnreadable('unreadable.isNot', setting, expected)),
        at: [setting],
      };
    }),
  );
}

function unreadableIn({ host, unreadable }: ClientTlsRules) {
  const missing = { path: 'spec.host', expected: wording('expected.text') };
  const told = unreadable.some(({ path }) => missing.path.startsWith(path));
  return host === undefined && !told ? [missing, ...unreadable] : unreadable;
}
