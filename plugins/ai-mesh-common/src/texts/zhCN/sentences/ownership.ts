import type { ownershipTextsEn } from '../../../words/texts/ownershipEn';

/** What an entity says to own, and what proves it, in Simplified Chinese. */
export const ownershipTextsZhCN: Readonly<
  Record<keyof typeof ownershipTextsEn, string>
> = {
  'annotation.missing':
    '{{entity}} 没有说明它在网格中的位置。请给它以下注解之一：{{annotations}}，例如 {{annotation}}: shop/cart',
  'annotation.unusable':
    '{{entity}} 的注解 {{annotation}} 无法使用：{{why}}。正确的写法：{{annotation}}: {{example}}',
  'annotation.notService': '{{part}} 不是 [cluster/]namespace/name',
  'annotation.notValue': '{{part}} 不能作为标签的值',
  'annotation.notName': '{{part}} 不能作为命名空间或 Service 的名称',
  'annotation.noCluster': '没有集群 {{part}}；已配置的有 {{clusters}}',
  'annotation.noClusters': '无',
  'annotation.empty': '它的逗号之间没有内容',
  'annotation.notCondition': '{{part}} 不是对标签的条件',
  'annotation.services':
    'shop/cart，或用于指定集群和多个 Service 的 eu-1/shop/cart,shop/checkout',
  'annotation.tooWide':
    '{{entity}} 的注解 {{annotation}}: {{part}} 匹配到 {{services}} 个 Service 和 {{workloads}} 个工作负载，而一个实体最多可以有 {{mostServices}} 个 Service 和 {{mostWorkloads}} 个工作负载。请写得更精确，或提高 aiMesh.ownership.mostServices。',
  'system.noComponents':
    '在 {{entity}} 中您看不到带有网格注解的组件：{{annotations}}。',
  'system.noneAllowed':
    '{{entity}} 的组件中没有您可以查看其网格的：这需要对它们的权限 ai-mesh.read。请询问负责门户权限策略的人。',

  'proof.hidden':
    '没有证实 Service {{service}} 属于 {{entity}}：按 {{evidence}}，它属于{{whose}}，但 {{kinds}} 类对象上的标记优先于此，而 AI Mesh 目前看不到它们。在能看到之前不做任何改动。',
  'proof.none':
    '没有证实 Service {{service}} 属于 {{entity}}：{{state}}。实体自己的说法足以查看一个 Service，但不足以改动它。运行该 Service 的人可以给它或它的命名空间加上注解 {{mark}}: {{entity}}，或加上 {{ownerMark}} 和该实体的所有者；docs/ownership.md 列出了其他方式。',
  'proof.nothing': '集群和配置都没有说明它属于谁',
  'proof.others': '按 {{evidence}}，它属于{{whose}}',
  'whose.its': '该实体',
  'whose.another': '另一个实体',
  'whose.somebody': '他人',
  'kinds.one': '{{kind}}',
  'kinds.two': '{{kind}} 和 {{otherKind}}',

  'evidence.one': '{{object}} 的{{first}}',
  'evidence.two': '{{object}} 的{{first}}和{{second}}',
  'evidence.namespaces': 'aiMesh.ownership.namespaces: {{namespace}}',
  'evidence.location': 'aiMesh.ownership.trustedLocations: {{location}}',
  'evidence.file': '门户的一个文件',
  'first.annotation': '注解 {{firstKey}}',
  'first.label': '标签 {{firstKey}}',
  'first.annotationBut': '注解 {{firstKey}}（{{firstBut}}）',
  'first.labelBut': '标签 {{firstKey}}（{{firstBut}}）',
  'firstBut.tooLong':
    '它有 {{firstCount}} 个字符，最多读取 {{mostCharacters}} 个，因此没有指明任何人',
  'firstBut.tooMany':
    '它有 {{firstCount}} 个引用，最多计入 {{mostReferences}} 个，因此没有指明任何人',
  'firstBut.unreadable':
    '它的 {{firstCount}} 个引用中有 {{firstUnread}} 个无法读取',
  'second.annotation': '注解 {{secondKey}}',
  'second.label': '标签 {{secondKey}}',
  'second.annotationBut': '注解 {{secondKey}}（{{secondBut}}）',
  'second.labelBut': '标签 {{secondKey}}（{{secondBut}}）',
  'secondBut.tooLong':
    '它有 {{secondCount}} 个字符，最多读取 {{mostCharacters}} 个，因此没有指明任何人',
  'secondBut.tooMany':
    '它有 {{secondCount}} 个引用，最多计入 {{mostReferences}} 个，因此没有指明任何人',
  'secondBut.unreadable':
    '它的 {{secondCount}} 个引用中有 {{secondUnread}} 个无法读取',
};
