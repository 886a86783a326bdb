import type { newsTextsEn } from '../../../words/texts/newsEn';

/** What people are told in the portal's notifications, in Simplified Chinese. */
export const newsTextsZhCN: Readonly<Record<keyof typeof newsTextsEn, string>> =
  {
    'news.canary': '{{name}} 的金丝雀（{{version}}）{{says}}',
    'news.canaryIn': '{{name}} 在 {{clusters}} 的金丝雀（{{version}}）{{says}}',
    'news.waits': '等待批准',
    'news.approved': '已获批准',
    'news.rejected': '已被拒绝',
    'news.cancelled': '已取消',
    'news.expired': '已过期：无人做出决定',
    'news.failed': '未能开始',
    'news.paused': '已暂停',
    'news.drift': '已暂停：路由被他人更改',
    'news.heldTooLong': '已暂停：停留时间过长',
    'news.disowned': '已暂停：不再能证明 Service 归谁所有',
    'news.couldNotWrite': '已暂停：路由无法写入',
    'news.couldNotRestore': '尚未能回滚',
    'news.asksForConfirmation': '等待确认',
    'news.rollingBack': '正在回滚',
    'news.notTakenBack': '保持已晋升状态，同一请求中的其他金丝雀已回滚',
    'news.stopped': '不会启动',
    'news.restored': '已回滚',
    'news.promoted': '已晋升',
    'news.cleanUpOffered': '可以清理',
    'news.cleanUpRefused': '未能清理',
    'news.cleanedUp': '已清理',

    'news.fix': '{{name}} 的 {{code}} 修复{{says}}',
    'news.fixOf': '{{cluster}} 上的 {{kind}} {{object}}。',
    'news.applied': '已应用',
    'news.undone': '已撤销',
    'news.takenBack': '已收回',
    'news.notApplied': '未能应用',
    'news.notUndone': '未能撤销',

    'news.budget': '{{name}} 的错误预算已用尽：{{objective}}',
    'news.budgetOfModel':
      '{{name}} 的错误预算已用尽：{{objective}}（{{model}}）',
    'news.promised': '在 {{cluster}} 上承诺的是 {{target}}。',
    'news.overspent': '错误预算已超支 {{share}}。',
    'news.spent': '错误预算已无剩余。',
    'news.finding': '{{name}} 有新的高严重程度发现：{{code}}',
    'news.certificate': '{{name}} 的一个证书即将到期',
    'news.certificateEnds':
      '{{cluster}} 上 {{workload}} 的证书将于 {{end, moment}} 到期，且没有及时续期。',
    'news.rootEnds':
      '{{cluster}} 上的根证书将于 {{end, moment}} 到期，且没有及时续期。',
  };
