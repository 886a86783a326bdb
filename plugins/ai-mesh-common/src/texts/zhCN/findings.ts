import type { FindingMessageKey } from '../../review/findingMessages';
import type { FindingText } from '../../review/message';
import { zhCNObjects } from './objectFindings';

/**
 * The review's words in Simplified Chinese.
 *
 * @public
 */
export const findingTextsZhCN: Readonly<
  Record<FindingMessageKey, FindingText>
> = {
  AIM101: {
    title: '没有超时',
    message: '{{place}} 把请求发往 {{service}}，但没有设置超时。',
    why: '卡住的模型会一直占用连接和调用方；在高负载下，所有调用方最终都在等待。',
  },
  AIM102: {
    title: '超时过短',
    message:
      '{{place}} 的超时 {{timeout}} 低于 {{service}} 的实际需要：1% 的回答超过 {{p99}}。',
    why: '正常但较慢的回答会被截断，费用却照付。',
  },
  AIM103: {
    title: '可能重复计费的重试',
    message: '{{place}} 在 {{conditions}} 时重试。',
    why: '发生这类失败时模型可能已经生成了回答：重试会再次生成并再次计费。',
  },
  'AIM103.gatewayError': {
    title: '网关错误时重试',
    message: '{{place}} 在 gateway-error 时重试。',
    why: '502、503、504 大多发生在处理之前；但途中代理返回的 504 可能发生在处理之后，于是计费两次。',
  },
  AIM104: {
    title: '永远不会发生的重试',
    message:
      '{{place}} 中每次 {{perTry}} 的 {{attempts}} 次重试超出了 {{timeout}} 的超时。',
    why: '最后一次尝试开始之前路由就已放弃：看上去比实际更可靠。',
  },
  AIM105: {
    title: '对流式响应重试',
    message: '{{place}} 是流式的（{{because}}），却会重试 {{attempts}} 次。',
    why: '中途断开的流已经生成并计费了一半；重试会从头再来。',
  },
  AIM106: {
    title: '使用默认重试',
    message:
      '{{place}} 没有说明如何重试：网格会在 {{conditions}} 时再试 {{attempts}} 次。',
    why: '默认值是为快速、幂等的调用准备的。对模型而言，最好明确写出想要的行为。',
  },
  AIM201: {
    title: '没有异常检测',
    message: '没有任何设置会把 {{service}} 的故障端点移出负载均衡池。',
    why: '内存或配额耗尽的模型服务器会很快返回错误，从而吸引越来越多的请求。',
  },
  AIM202: {
    title: '网关错误规则失效',
    message:
      '{{place}} 中 consecutive5xxErrors（{{any}}）不大于 consecutiveGatewayErrors（{{gateway}}）。',
    why: '每个网关错误也是 5xx：5xx 规则总是先触发，网关规则永远不会触发。',
  },
  'AIM203.capacity': {
    title: '驱逐过多容量',
    message:
      '在 {{endpoints}} 个端点的情况下，{{place}} 的 maxEjectionPercent {{percent}} 可能驱逐其中 {{ejected}} 个。',
    why: '模型服务器数量少、预热慢：剩下的端点承担全部负载，接着也会倒下。',
  },
  'AIM203.panic': {
    title: '驱逐一个就停止驱逐',
    message:
      '在 {{endpoints}} 个端点的情况下，驱逐一个后只剩 {{left}}% 健康，低于 {{place}} 的 minHealthPercent {{minimum}}。',
    why: '低于该值时，请求也会发往已被驱逐的端点：恰恰在最需要时熔断失去保护作用。',
  },
  'AIM204.missing': {
    title: '没有连接池限制',
    message: '没有任何设置限制 {{service}} 前堆积的请求数量。',
    why: '模型一次只能处理少量请求。没有限制，其余请求会排队直到全部超时。',
  },
  'AIM204.low': {
    title: '连接池限制过低',
    message:
      '单个调用方代理同时有多达 {{peak}} 个到 {{service}} 的请求；{{place}} 只允许 {{limit}} 个。',
    why: '超出限制的请求会立即被拒绝，尽管模型本可以回答。',
  },
  AIM205: {
    title: '空闲超时过短',
    message:
      '{{place}} 的空闲超时 {{idle}} 低于 {{service}} 的实际需要：1% 的回答超过 {{p99}}。',
    why: '思考中的模型长时间不发送数据：连接被视为空闲而关闭。',
  },
  AIM206: {
    title: '未导出熔断状态',
    message: '调用 {{service}} 的代理没有导出熔断统计。',
    why: '熔断器是否打开只能从被拒绝的请求中推测。',
  },
  'AIM207.share': {
    title: '永远不会发生的驱逐',
    message:
      '{{place}} 的 maxEjectionPercent {{percent}} 不允许驱逐 {{endpoints}} 个端点中的任何一个：一个端点就占 {{one}}%。',
    why: '只返回错误的模型服务器会一直留在负载均衡池里，尽管检测已开启。',
  },
  'AIM207.single': {
    title: '唯一的端点永远不会被驱逐',
    message:
      '{{place}} 永远不会驱逐 {{group}} 唯一的端点：一个中的一个超过了 maxEjectionPercent {{percent}}。',
    why: '熔断需要另一个可以接收请求的 Pod。至少运行两个，此时 maxEjectionPercent 50 允许驱逐一个。设为 100 时唯一的端点也会被驱逐，恢复之前每个请求都会立即被拒绝。',
  },
  'AIM207.counts': {
    title: '异常检测什么都不计',
    message: '{{place}} 既不因 5xx 也不因网关错误而驱逐：两个计数都是 0。',
    why: '只返回错误的模型服务器会一直留在负载均衡池里，尽管检测已开启。',
  },
  'AIM301.host': {
    title: '目的地不存在',
    message: '{{place}} 发往集群不认识的 {{host}}。',
    why: '这些请求都会以 503 失败。',
  },
  'AIM301.subset': {
    title: '子集不存在',
    message:
      '{{place}} 发往 {{host}} 的子集 {{subset}}，但没有任何生效的 DestinationRule 定义它。',
    why: '这些请求都会以 503 失败。',
  },
  'AIM301.unseenSubset': {
    title: '并非所有调用方都认识的子集',
    message:
      '{{place}} 把所有命名空间的调用方发往 {{host}} 的子集 {{subset}}，但它只对 {{namespaces}} 中的调用方有定义。',
    why: '其他调用方的请求都会以 503 失败：它们能看到的 DestinationRule 都没有定义它。',
  },
  'AIM301.port': {
    title: '未知的目的地端口',
    message: '{{place}} 发往 {{host}} 的端口 {{port}}，而它只有 {{ports}}。',
    why: '该规则接到的每个请求都会以 503 失败。',
  },
  'AIM301.mirrorHost': {
    title: '镜像到不存在的主机',
    message: '{{place}} 镜像到 {{host}}，而它不存在。',
    why: '没有任何请求被镜像，也没有任何提示：新模型从未被试用。',
  },
  'AIM301.mirrorSubset': {
    title: '镜像到未知的子集',
    message:
      '{{place}} 镜像到 {{host}} 的子集 {{subset}}，而其调用方能看到的 DestinationRule 都没有定义它。',
    why: '没有任何请求被镜像，也没有任何提示：新模型从未被试用。',
  },
  'AIM301.mirrorPort': {
    title: '镜像到未知的端口',
    message: '{{place}} 镜像到 {{host}} 的端口 {{port}}，而它只有 {{ports}}。',
    why: '没有任何请求被镜像，也没有任何提示：新模型从未被试用。',
  },
  'AIM301.endpoints': {
    title: '目的地没有端点',
    message: '{{place}} 发往 {{target}}，而它没有就绪的端点。',
    why: '这些请求都会以 503 失败。',
  },
  'AIM301.ruleHost': {
    title: '无对象的 DestinationRule',
    message: '{{place}} 针对主机 {{host}}，但集群不认识它。',
    why: '它的熔断和 TLS 设置不保护任何服务；多半是名字写错了。',
  },
  'AIM301.emptySubset': {
    title: '子集没有 Pod',
    message: '{{place}} 中的子集 {{subset}} 没有选中任何 Pod（{{labels}}）。',
    why: '发往该模型版本的流量会得到 503。',
  },
  'AIM302.unreachable': {
    title: '不可达的规则',
    message: '{{place}} 永远不会被用到：{{catcher}} 在它之前接收了一切。',
    why: '该规则本应使用的模型、超时或重试都不会生效。',
  },
  'AIM302.overlap': {
    title: '无效的匹配',
    message: '{{place}} 不会匹配任何新的请求：{{catcher}} 在它之前接收。',
    why: '修改路由的人会以为它起作用。',
  },
  AIM303: {
    title: '相互竞争的 VirtualService',
    message: '{{loser}} 与 {{winner}} 针对同一主机 {{host}}。',
    why: 'Istio 不会合并它们：其中一个的规则无效，而且在对象重建后可能换成另一个。',
  },
  AIM304: {
    title: '权重之和不是 100',
    message: '{{place}} 的权重之和为 {{sum}}：{{shares}}。',
    why: '权重是相对值：读者会把它当成百分比，模型之间的实际分配与看上去不同。',
  },
  AIM305: {
    title: '遗留的故障注入',
    message: '{{place}} 注入 {{fault}}。',
    why: '真实请求会变慢或失败，看上去像模型的故障。',
  },
  AIM306: {
    title: '镜像请求会被计费',
    message: '{{place}} 把 {{percent}}% 的请求镜像到 {{host}}。',
    why: '每个镜像请求都由模型回答并付费，却没有人读取回答。',
  },
  AIM307: {
    title: '并非真正的 100%',
    message:
      '{{place}} 仍然发往 {{version}}，尽管 {{lower}} 已不再给它任何流量。',
    why: '发布看似完成，但该规则接到的请求仍由旧模型回答。',
  },
  'AIM401.ready': {
    title: '可以切换到 STRICT',
    message: '{{service}} 接受明文，但在回看期内没有人发送明文。',
    why: '提示词和回答往往是个人数据。现在切换到 STRICT 不会拒绝任何已观察到的调用方。',
  },
  'AIM401.blocked': {
    title: '明文调用方',
    message: '{{service}} 接受明文，并且收到来自 {{callers}} 的明文。',
    why: '提示词和回答以可读形式传输，也无法确认调用方。今天切换到 STRICT 会拒绝这些调用方。',
  },
  'AIM401.unknown': {
    title: '不是 STRICT',
    message: '{{service}} 接受明文；是否有人发送明文尚不清楚：{{reason}}',
    why: '提示词和回答可能在无人察觉的情况下以可读形式传输。',
  },
  'AIM401.noProxy': {
    title: '没有代理，没有双向 TLS',
    message: '{{service}} 无法设为 STRICT：{{reason}}',
    why: '提示词和回答以可读形式传输，网格的任何策略都不会执行。',
  },
  AIM402: {
    title: '端口关闭了双向 TLS',
    message: '{{place}} 在端口 {{port}} 关闭了双向 TLS。',
    why: '在该端口无法识别调用方，指明调用方的规则永远不会匹配。',
  },
  AIM403: {
    title: 'TLS 设置冲突',
    message:
      '{{place}} 使 {{callers}} 中的调用方发送 {{client}}，但 {{server}}。',
    why: '它们的连接会被拒绝：每次调用都失败，看上去像模型宕机。',
  },
  'AIM404.missing': {
    title: '任何人都可以调用',
    message: '没有 AuthorizationPolicy 规定谁可以调用 {{service}}。',
    why: '能到达网络的人都可以消耗令牌预算。',
  },
  'AIM404.allowsAll': {
    title: '允许一切的规则',
    message: '{{place}} 没有条件：它允许对 {{service}} 的所有调用。',
    why: '能到达网络的人都可以消耗令牌预算；其他 ALLOW 规则都失去作用。',
  },
  'AIM405.never': {
    title: '规则需要从未存在的双向 TLS',
    message:
      '{{place}} 要求调用方身份，但对 {{service}} 的调用以明文到达（{{because}}）。',
    why: '明文调用方没有身份：ALLOW 规则永远不匹配，DENY 规则永远不拒绝。',
  },
  'AIM405.bypass': {
    title: '规则可用明文绕过',
    message: '{{place}} 按身份拒绝调用方，但 {{service}} 接受明文。',
    why: '明文调用方没有身份：应被拒绝的人只需不经代理调用即可。',
  },
  'AIM405.plaintextCaller': {
    title: '规则无法识别的调用方',
    message: '{{place}} 要求调用方身份，而以明文调用的 {{callers}} 无法出示。',
    why: '这些调用方会被拒绝，或者需要一条放行所有人的规则。',
  },
  'AIM407.noEffect': {
    title: '策略不起作用',
    message: '{{place}} 对 {{service}} 的调用不起作用。{{because}}',
    why: '看似受保护的服务其实是敞开的：那里没有任何组件执行该策略。',
  },
  'AIM407.altered': {
    title: '策略与所写不符',
    message: '{{place}} 对 {{service}} 的调用与所写不符。{{because}}',
    why: 'ztunnel 只看到连接而看不到请求：要求请求内容的规则会拒绝本应放行的调用方。',
  },
  AIM408: {
    title: '选择器选中了 Gateway 的 Pod',
    message:
      '{{place}} 选中了 Gateway {{gateway}} 的 Pod，而它们只接受 targetRefs，不接受选择器。',
    why: '网关或 waypoint 并不执行它，尽管看起来像是会执行。',
  },
  AIM409: {
    title: '没有 sidecar 的 Sidecar',
    message:
      '{{place}} 针对 {{namespace}} 中 ambient 模式的工作负载，它们没有 sidecar：该对象不起作用。',
    why: '它所导入和限制的内容都没有生效。',
  },
  AIM410: {
    title: 'STRICT 拒绝所有调用方',
    message: '{{place}} 使 {{service}} 拒绝所有观测到的调用方：{{callers}}。',
    why: '它们目前都不使用双向 TLS：每次调用都会失败，看起来就像模型故障。',
  },
  'AIM411.rule': {
    title: '未校验服务器证书',
    message:
      '{{place}} 以 TLS（{{mode}}）调用 {{host}}，但没有指定用于校验其证书的 CA。',
    why: '中间人可以冒充提供商应答，并读取提示词和密钥。',
  },
  'AIM411.port': {
    title: '端口上未校验服务器证书',
    message:
      '{{place}} 以 TLS（{{mode}}）调用 {{host}}，但没有指定用于校验其证书的 CA。',
    why: '中间人可以冒充提供商应答，并读取提示词和密钥。',
  },
  AIM501: {
    title: '链路追踪没有模型',
    message: '{{service}} 的追踪不包含模型名称。',
    why: '缓慢或昂贵的请求无法追溯到回答它的模型。',
  },
  'AIM502.none': {
    title: '没有追踪',
    message: '{{place}} 不保留对 {{service}} 的请求追踪。',
    why: '下一次缓慢的回答将无法事后解释。',
  },
  'AIM502.all': {
    title: '追踪每个请求',
    message:
      '{{place}} 在每秒 {{rate}} 个请求的情况下追踪对 {{service}} 的每个请求。',
    why: '全量追踪消耗延迟、内存和存储，而且在负载最高时最多。',
  },
  AIM503: {
    title: '记录每个请求',
    message: '{{place}} 记录对 {{service}} 的每个请求。',
    why: 'AI 流量的访问日志增长很快，URL 中可能含有提示词；真正要看的是失败和缓慢的回答。',
  },
  'AIM601.noEntry': {
    title: '提供商没有 ServiceEntry',
    message:
      '{{service}} 的工作负载调用 {{host}}，但没有 ServiceEntry 声明它。',
    why: '对模型提供商的调用因此没有超时、没有熔断，也没有按名称的指标。',
  },
  'AIM601.passthrough': {
    title: '调用网格外的未知主机',
    message:
      '{{service}} 的工作负载调用网格外的主机，但没有 ServiceEntry 声明它们。',
    why: '对模型提供商的调用因此没有超时、没有熔断，也没有按名称的指标。',
  },
  'AIM601.noTls': {
    title: '未用 TLS 调用提供商',
    message:
      '发往 {{host}} 的请求在端口 {{port}} 未加密离开网格（{{place}}）。',
    why: '提示词、回答和 API 密钥以可读形式穿过互联网。',
  },
  AIM701: {
    title: '过时的 API 版本',
    message: '{{object}} 使用 {{version}} 编写。',
    why: '网格升级后 alpha 版本不再提供；应用该清单的工具随后会失败。',
  },
  ...zhCNObjects,
};
