import { accessTextsZhCN } from './access';
import { applyTextsZhCN } from './apply';
import type { TextKey } from '../../../words/texts/en';
import { factTextsZhCN } from './facts';
import { objectiveTextsZhCN } from './objectives';
import { figureTextsZhCN } from './figures';
import { preflightTextsZhCN } from './preflight';
import { reviewTextsZhCN } from './review';
import { routeTextsZhCN } from './routes';
import { runTextsZhCN } from './runs';
import { securityTextsZhCN } from './security';
import { sloTextsZhCN } from './slos';
import { sourceTextsZhCN } from './sources';
import { targetTextsZhCN } from './targets';
import { decisionTextsZhCN } from './decisions';
import { keptTextsZhCN } from './kept';
import { nameTextsZhCN } from './names';
import { newsTextsZhCN } from './news';
import { ownershipTextsZhCN } from './ownership';
import { placeTextsZhCN } from './places';
import { requestTextsZhCN } from './requests';
import { titleTextsZhCN } from './titles';
import { trafficTextsZhCN } from './traffic';

/**
 * The words of canaries and objectives in Simplified Chinese.
 *
 * @public
 */
export const textsZhCN: Readonly<Record<TextKey, string>> = {
  ...accessTextsZhCN,
  ...applyTextsZhCN,
  ...factTextsZhCN,
  ...objectiveTextsZhCN,
  ...figureTextsZhCN,
  ...preflightTextsZhCN,
  ...reviewTextsZhCN,
  ...routeTextsZhCN,
  ...runTextsZhCN,
  ...securityTextsZhCN,
  ...sloTextsZhCN,
  ...sourceTextsZhCN,
  ...targetTextsZhCN,
  ...decisionTextsZhCN,
  ...keptTextsZhCN,
  ...nameTextsZhCN,
  ...newsTextsZhCN,
  ...ownershipTextsZhCN,
  ...placeTextsZhCN,
  ...requestTextsZhCN,
  ...titleTextsZhCN,
  ...trafficTextsZhCN,
  verbatim: '「{{text}}」',
  'gate.own': '{{gate}}：',
  'gate.further': '{{gate}}：',
  'gate.error-rate': '错误率',
  'gate.latency-p99': 'p99 延迟',
  'gate.throttled': '限流（429）',
  'gate.tokens-per-request': '每次请求的 token 数',
  'gate.time-to-first-token': '首个 token 的时间',
  'gate.ready-endpoints': '就绪端点',

  'noun.requests': '个请求',
  'noun.events': '个事件',
  'verb.failed': '失败',
  'verb.throttled': '被限流（429）',
  'verb.slow': '耗时超过 {{limit, duration}}',
  'verb.bad': '为不良',
  'version.canary': '金丝雀版本',
  'version.stable': '稳定版本',
  'point.one': '1 个百分点',
  'point.many': '{{points}} 个百分点',

  'unknown.no-traffic': '没有流量',
  'unknown.not-exported': '未导出',
  'unknown.no-such-label': '缺少标签',
  'unknown.source-unreachable': '数据来源无法访问',
  'unknown.forbidden': '被拒绝访问',
  'unknown.not-configured': '未配置',
  unknownValue: '{{what}}未知（{{reason}}）。',
  'what.requests': '请求数',
  'what.events': '事件数',
  'what.endpoints': '就绪端点数',
  'what.canaryRequests': '金丝雀版本的请求数',
  'what.stableRequests': '稳定版本的请求数',
  'what.value': '其数值',
  'what.canaryValue': '金丝雀版本的值',
  'what.stableValue': '稳定版本的值',
  'what.gateOfCanary': '金丝雀版本的{{of}}',
  'what.gateOfStable': '稳定版本的{{of}}',
  'what.latency-p99': ' p99 延迟',
  'what.tokens-per-request': '每次请求的 token 数',
  'what.time-to-first-token': '首个 token 的时间',

  'verdict.pass': '每个门限都在前进界限之内。',
  'verdict.inARow': '这是连续 {{limit}} 次中的第 {{times}} 次。',
  'hold.for': '已停留 {{minutes}} 分钟：',
  'verdict.young': '权重在 {{seconds}} 秒前改变；四次抓取需要 {{least}} 秒。',
  'gate.off': '已在计划中关闭。',
  'gate.gone':
    '门户不再有门限“{{gate}}”：它在此金丝雀仍需由它判定时被改名或移除（aiMesh.canary.gates）。请恢复它，或由人决定。',

  'when.none': '–',
  'when.shareRollBack': '高于 {{bound}}，且高于稳定版本',
  'when.shareAdvance': '低于 {{bound}}，或不劣于稳定版本',
  'when.slowRollBack':
    '超过 {{bound}} 的请求慢于 {{limit, duration}}，且 p99 高于 {{objective, duration}}',
  'when.slowAdvance':
    '不到 {{bound}} 的请求慢于 {{limit, duration}}，或不多于稳定版本',
  'when.timesRollBack': '高于稳定版本的 {{times}} 倍',
  'when.timesRollBackLate':
    '高于稳定版本的 {{times}} 倍，且高于 {{objective, duration}}',
  'when.timesAdvance': '不超过稳定版本的 {{times}} 倍',
  'when.noEndpoint': '0',
  'when.anEndpoint': '至少 1',
  'when.above': '高于 {{bound}}',
  'when.upTo': '不超过 {{bound}}',
  'when.below': '低于 {{bound}}',
  'when.atLeast': '至少 {{bound}}',
  'when.aboveStable': '高于稳定版本的 {{times}} 倍',
  'when.upToStable': '不超过稳定版本的 {{times}} 倍',
  'when.belowStable': '低于稳定版本的 {{times}} 倍',
  'when.atLeastStable': '至少为稳定版本的 {{times}} 倍',
  'when.and': '{{first}}，且{{second}}',
  'when.or': '{{first}}，或{{second}}',

  'share.found': '{{requests, number}} {{noun}}中有 {{share}} {{verb}}',
  'share.foundBeside':
    '{{requests, number}} {{noun}}中有 {{share}} {{verb}}，稳定版本的 {{stableRequests, number}} 个中为 {{stableShare}}',
  'share.more': '这还需要金丝雀版本的大约 {{more, number}} {{noun}}。',
  'share.noHistogram': '没有直方图说明请求耗时。',
  'share.noBucket':
    '部分请求的直方图没有以 {{limit, duration}} 为上界的桶，因此无法判断其中有多少耗时更长。',
  'events.noBucket':
    '{{version}}的 {{metrics}} 没有所询问上界的桶，因此无法判断其中有多少是好的事件。',
  'share.breach': '{{found}}：高于 {{bound}}，且并非偶然。',
  'share.bothIll':
    '{{found}}。两者都超过 {{bound}}：有问题的是服务，而不是金丝雀版本。',
  'share.beyondOnly':
    '{{found}}。这高于 {{bound}}，但尚不知道稳定版本是否更好。',
  'share.illAndWorse':
    '稳定版本目前超过 {{bound}}，而金丝雀版本在同一时间更差，且并非偶然。',
  'share.ill':
    '稳定版本目前超过 {{bound}}：服务本身有问题，在此期间只把金丝雀版本与它相比。',
  'share.drip':
    '{{found}}：比稳定版本差超过 {{margin}}，且并非偶然。它没有高于 {{bound}}，但也无法再前进。',
  'share.few':
    '金丝雀版本有 {{had, number}} {{noun}}，前进需要 {{needed, number}} 个。',
  'share.lostInDoubt':
    '{{found}}，另有 {{doubted}} 个没有到达任何版本：最坏情况下都属于金丝雀版本。',
  'share.notBelow': '{{found}}：尚不能确定它低于 {{bound}}。',
  'share.beforeHalf':
    '{{found}}：在得到超过一半的流量之前，必须确定它不比稳定版本差超过 {{margin}}。',
  'share.pass': '{{found}}。',
  'share.between':
    '{{found}}：不低于 {{bound}}，也尚不能确定它与稳定版本一样好。',
  'latency.ratio':
    '其 p99 为 {{value, duration}}，是稳定版本 {{stable, duration}} 的 {{times}} 倍。',
  'latency.kept':
    '没有回滚，因为它的 p99（{{p99, duration}}）没有超过目标 {{objective, duration}}。',
  'latency.p99Unknown': '没有回滚，因为它的 p99 未知。',

  'ratio.found':
    '{{value, amount}}，是稳定版本 {{stable, amount}} 的 {{times}} 倍',
  'ratio.few':
    '金丝雀版本有 {{had, number}} 个请求，决定需要 {{needed, number}} 个。',
  'ratio.fewStable':
    '稳定版本有 {{had, number}} 个请求，决定需要 {{needed, number}} 个。',
  'ratio.stableZero': '稳定版本的{{what}}为 0：没有可比较的值。',
  'ratio.byChance':
    '{{found}}，超过 {{limit}} 倍。请求这么少时，均值偶然也会相差这么多：大约需要 {{needed, number}} 个请求才能判断。',
  'ratio.breach': '{{found}}，超过 {{limit}} 倍。',
  'ratio.breachLate':
    '{{found}}，超过 {{limit}} 倍且超过 {{objective, duration}}。',
  'ratio.pass': '{{found}}。',
  'ratio.between': '{{found}}：超过 {{limit}} 倍，但还不足以回滚。',
  'ratio.notReported': '{{whose}}没有上报，尽管它有请求。',
  'export.neither': '两个版本都没有导出它。',
  'export.notCanary': '金丝雀版本没有导出它，因此没有可比较的值。',
  'export.notStable': '稳定版本没有导出它，因此没有可比较的值。',
  'export.silent': '两个版本都没有请求上报它。',
  'export.noSeries': '没有这样的序列。',
  'endpoints.none': '金丝雀版本没有就绪端点。',
  'endpoints.one': '1 个端点就绪。',
  'endpoints.many': '{{count, number}} 个端点就绪。',

  'number.found': '{{value}}',
  'number.foundBeside': '{{value}}，稳定版本为 {{stable}}',
  'number.outOfRange':
    '{{whose}}的值 {{value}} 超出其可能范围（{{from}} 至 {{to}}）：该门限的查询没有测量到它。',
  'number.few':
    '{{whose}}的均值基于 {{had, number}} 个值，需要 {{needed, number}} 个。',
  'number.breach': '{{found}}：超出回滚界限。',
  'number.pass': '{{found}}。',
  'number.between': '{{found}}：不足以前进，也不足以回滚。',

  'mean.none': '在当前权重下还没有值',
  'mean.found': '{{values, number}} 个值的均值为 {{value, amount}}',
  'mean.foundBeside':
    '{{values, number}} 个值的均值为 {{value, amount}}，稳定版本的 {{stableValues, number}} 个值为 {{stable, amount}}',
  'mean.breach': '{{found}}：超出回滚界限，且并非偶然。',
  'mean.few':
    '{{whose}}的均值基于 {{had, number}} 个值，前进需要 {{needed, number}} 个。',
  'mean.between': '{{found}}：不足以前进，也尚不能确定差到应当回滚。',
  'mean.notWithin': '{{found}}：尚不能确定它在回滚界限之内。',
  'mean.begins': '{{found}}：每个版本有 {{least}} 个值后检验才开始。',
  'mean.pass': '{{found}}。',
};
