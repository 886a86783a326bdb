import type { targetTextsEn } from '../../../words/texts/targetsEn';

/** What an entity is in the mesh, and why something of it is missing, in Simplified Chinese. */
export const targetTextsZhCN: Readonly<
  Record<keyof typeof targetTextsEn, string>
> = {
  'target.labels': '所有命名空间中的标签 {{labels}}',
  'target.labelsIn': '命名空间 {{namespace}} 中的标签 {{labels}}',
  'target.noService': '命名空间 {{namespace}} 中没有 Service {{name}}。',
  'target.noNamespace': '没有命名空间 {{namespace}}。',
  'target.noLabels': '那里没有带这些标签的 Service、工作负载或 Pod。',
  'target.kindUnread': '{{kind}} 无法读取。',
  'target.tooWide':
    '它的注解匹配到 {{count}} 个 Service，而一个实体最多可以有 {{most}} 个（aiMesh.ownership.mostServices）：请把注解写得更精确。',
  'withheld.unproven':
    '没有显示 Service {{service}}：没有任何依据证明它属于该实体。Service 的运维者可以用 ai-mesh.io/entity 标记它。',
  'withheld.others':
    '没有显示 Service {{service}}：它属于 {{owners}}（{{evidence}}），查看它需要对后者的权限 ai-mesh.read。请询问负责门户权限策略的人。',
  'withheld.hidden':
    '没有显示 Service {{service}}：它属于您无权查看的实体（{{evidence}}）。请询问该 Service 的运维者。',
  'withheld.notTheirs':
    '没有显示 Service {{service}}：它不属于该实体（{{evidence}}）。如果应当属于，Service 的运维者可以用 ai-mesh.io/entity 标记它。',
  'exemption.tooLong':
    '注解 {{annotation}} 有 {{count}} 个字符，最多只读取 {{most}} 个。',
  'exemption.unreadable':
    '注解 {{annotation}} 的第 {{line}} 行无法读取：请按此格式书写：「mtls until 2026-12-31: 原因以及将采取的措施」。',
  'exemption.noCheck':
    '注解 {{annotation}} 的第 {{line}} 行写了不存在的检查；现有的检查为 {{checks}}。',
  'exemption.more': '注解 {{annotation}} 还有 {{count}} 行也无法使用。',
};
