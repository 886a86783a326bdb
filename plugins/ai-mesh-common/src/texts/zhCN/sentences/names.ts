import type { nameTextsEn } from '../../../words/texts/namesEn';

/** What is shown by a name that the mesh does not give it, in Simplified Chinese. */
export const nameTextsZhCN: Readonly<Record<keyof typeof nameTextsEn, string>> =
  {
    'name.callers': 'Istio 无法命名的调用方',
    'name.destination': 'Istio 无法命名的目的地',
    'name.blocked': '被网格阻止（{{name}}）',
    'name.outside': '网格外的主机（{{name}}）',
    'name.hidden': '您无权查看的服务（{{number}}）',
  };
