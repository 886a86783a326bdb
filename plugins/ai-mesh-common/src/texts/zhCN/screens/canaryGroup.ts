import type { canaryGroup as english } from '../../../screens/en/canaryGroup';

export const canaryGroup: Record<keyof typeof english, string> = {
  'canary.form.clusters': '集群',
  'canary.form.clusters.help':
    '该服务也运行在其他集群上。一个请求可以包含其中几个：一次批准全部；其中一个回滚，则全部回滚。',
  'canary.form.clusters.also': '同时用于 {{cluster}}',
  'canary.form.clusters.order': '顺序',
  'canary.form.clusters.together': '同时进行',
  'canary.form.clusters.one-after-another':
    '{{clusters}}：前一个晋升后才开始下一个',
  'canary.group.title': '该请求的所有集群',
  'canary.group.together': '同时进行。',
  'canary.group.one-after-another': '依次进行：前一个晋升后才开始下一个。',
  'canary.group.all': '其中一个回滚，则全部回滚。',
  'canary.group.cluster': '集群',
  'canary.group.state': '状态',
  'canary.group.share': '金丝雀的份额',
  'canary.group.verdict': '结论',
  'canary.group.unseen': '您无权查看。请询问负责门户权限策略的人。',
  'canary.group.unwritten': '尚未开始',
  'canary.group.rollBack': '在所有集群回滚',
  'canary.group.forAll': '这适用于该请求的所有集群：{{clusters}}。',
  'canary.group.inCluster': '集群 {{cluster}}',
};
