import type { ownership as english } from '../../../screens/en/ownership';

export const ownership: Record<keyof typeof english, string> = {
  'ownership.contested.title': '其他实体也声称拥有这些 Service',
  'ownership.state.proven': '已证明 Service {{service}} 属于此实体。',
  'ownership.state.withheld':
    '此处不显示 Service {{service}}：无法证明它属于此实体，而您无权查看其所有者的网格。请询问负责门户权限策略的人。',
  'ownership.state.others':
    '已证明 Service {{service}} 属于另一个实体，其金丝雀由该实体决定。',
  'ownership.state.unproven':
    '没有任何依据证明 Service {{service}} 属于谁，因此不能从这里移动它的流量。',
  'ownership.owners': '它属于以下实体，或被其声称拥有：',
  'ownership.claims': '声称拥有它的还有：',
  'ownership.hidden_one': '另有 {{count}} 个您无权查看的实体。',
  'ownership.hidden_other': '另有 {{count}} 个您无权查看的实体。',
  'ownership.evidence': '归属依据：',
  'ownership.page.title': '有争议的 Service',
  'ownership.page.body':
    '声称拥有这些 Service 的目录实体多于已证明的所有者。请在 Service 或其命名空间上标注 ai-mesh.io/entity 或 ai-mesh.io/owner，或更正错误声称者的注解。',
  'ownership.page.service': 'Service',
  'ownership.page.owners': '已证明的所有者',
  'ownership.page.claims': '声称拥有者',
  'ownership.page.evidence': '依据',
  'ownership.page.nobody': '无',
  'ownership.page.noEvidence': '无',
  'ownership.page.more': '显示更多',
  'ownership.page.none': '没有有争议的 Service',
  'ownership.page.noneNext':
    '在您可以查看的实体中，没有两个声称拥有同一个 Service。此列表最多有一分钟的延迟。',
  'ownership.page.failed': '无法获取列表',
  'ownership.page.failedNext': '此页面会自动重试。',
};
