import type { guide as english } from '../../../screens/en/guide';

export const guide: Record<keyof typeof english, string> = {
  'guide.skip': '跳到页面内容',
  'guide.open': '关于此页面',
  'guide.close': '关闭',
  'guide.documentation': '此页面的文档',
  'guide.about.overview':
    '负责人最先想知道的：流量多大、有多慢、错误多少、是否加密、谁还在用明文调用。短横线表示无法获得的值，并会说明原因；点击数字可查看得出它的查询。',
  'guide.about.topology':
    '谁调用该服务、它又调用谁：频率、延迟、错误。横幅会说明故障从哪里开始、谁只是受到牵连。点击节点或连线可查看已知的全部信息。',
  'guide.about.traffic':
    '从上到下列出把每个请求送往某个版本的规则：配置的比例与实际看到的比例并列，还有超时、重试，以及熔断器的设置与它现在的行为。',
  'guide.about.canary':
    '新版本先承接一小部分流量，不比原版本差才继续增加。您在这里提出请求，由另一个人批准；每隔几分钟评判一次，不合格时自动回滚。',
  'guide.about.security':
    '配置了怎样的双向 TLS 和授权、网络上实际发生了什么，以及在 STRICT 下谁将无法再访问。',
  'guide.about.slos':
    '每个模型的承诺：成功率、延迟、token 和费用，错误预算还剩多少、消耗得多快。',
  'guide.about.review':
    '对 AI 流量不合适的设置，例如会重复计费的重试，最严重的在前：每一项都附有依据和修复方法。',
  'guide.about.scorecard':
    '按平台的检查逐个等级说明服务的状况、距离下一等级还差什么，以及可以改进的页面。',
  'guide.keys': '按键',
  'guide.key.help': '打开此帮助',
  'guide.key.arrows': '在拓扑中沿调用移动到下一个服务',
  'guide.key.enter': '在拓扑中查看所选服务的全部信息',
  'guide.key.escape': '关闭拓扑旁打开的内容和对话框',
  'guide.keyName.arrows': '方向键',
  'guide.keyName.enter': 'Enter',
  'guide.keyName.escape': 'Esc',
  'tour.offer': '第一次来？',
  'tour.offerBody': '五个步骤介绍此标签页能为服务负责人做什么。',
  'tour.start': '带我看看',
  'tour.decline': '不用了',
  'tour.step': '{{screen}}，第 {{step}} 步，共 {{steps}} 步',
  'tour.back': '上一步',
  'tour.next': '下一步',
  'tour.end': '结束介绍',
};
