# 民情：屏幕、页面、提示里的每一句话。键名不改意思；英文在 en.ftl，键相同。

## 日历
feed-name-officer = 民情上门
feed-name-community = 社区上门约定
feed-visit = 上门
feed-what-where = { $what } · { $where }
feed-to-be-confirmed = （待确认）{ $what }
problem-feed-unknown = 没有这个日历地址，或者它已经停用。请向办公室要一个新的。
cli-admin-feed = 上门约定的日历
cli-admin-feed-add = 为社区或一名信息员做一个日历，地址只显示这一次
cli-admin-feed-list = 列出一个社区的日历
cli-admin-feed-revoke = 停用一个日历：它的地址不再有效
cli-arg-feed = 日历的编号，22 个字符
cli-did-feed = 日历已做好，编号 { $id }，地址 { $address }。地址只显示这一次，谁有它谁就能看。
cli-did-feed-list = 日历：{ $count } 个
cli-feed = { $id }  信息员 { $officer }
cli-feed-revoked = { $id }  信息员 { $officer }（已停用）
cli-did-feed-revoke = 日历 { $id } 已停用
cli-did-feed-revoke-before = 日历 { $id } 以前已停用，没有改动

## 走访目的
purpose-routine = 例行走访
purpose-follow-up = 回头看
purpose-survey = 意见征询
purpose-feedback = 上门反馈
purpose-care = 关心看望

## 走访结果
outcome-talked = 谈过了
outcome-nobody-in = 无人在家
outcome-refused = 不愿接待

## 预约上门：状态
appointment-state-requested = 待约时间
appointment-state-proposed = 待确认
appointment-state-held = 已留时间，等确认
appointment-state-confirmed = 已约定
appointment-state-reminded = 已约定，已提醒
appointment-state-en-route = 在路上
appointment-state-arrived = 已到门口
appointment-state-done = 已办
appointment-state-no-show-resident = 去了，家里没人
appointment-state-missed-by-officer = 没有去
appointment-state-cancelled-by-resident = 居民取消
appointment-state-cancelled-by-office = 社区取消

## 预约上门：经过
appointment-event-request = 约上门
appointment-event-propose = 提出时间
appointment-event-hold = 留出时间
appointment-event-no-room = 这个时间没空
appointment-event-lapse = 没有确认，时间已放开
appointment-event-confirm = 约定
appointment-event-remind = 提醒
appointment-event-start = 出发
appointment-event-arrive = 到门口
appointment-event-done = 办完
appointment-event-nobody-in = 家里没人
appointment-event-missed = 没有去
appointment-event-cancel = 取消
appointment-event-reschedule = 改时间
appointment-event-acknowledge = 看到改期

## 预约上门：为什么去
appointment-purpose-feedback = 上门答复
appointment-purpose-deliver = 送材料证件
appointment-purpose-collect = 取材料
appointment-purpose-rating = 请居民评价
appointment-purpose-routine = 例行走访
appointment-purpose-survey = 意见征询
appointment-purpose-call-back = 回访

## 预约上门：为什么取消
cancel-reason-not-needed = 不需要了
cancel-reason-resident-cannot = 居民没空
cancel-reason-officer-ill = 信息员生病
cancel-reason-weather = 天气或道路
cancel-reason-urgent = 有急事
cancel-reason-double = 重复了

## 预约上门：为什么没空
no-room-taken = 信息员那时已有预约
no-room-off-work = 信息员那时不上班
no-room-quiet = 那时不上门打扰
no-room-too-soon = 太近了，来不及
no-room-too-many = 那天已经排满
no-room-does-not-fit = 这户另有需要，换一位信息员

## 谁签收
signed-by-resident = 本人
signed-by-household = 家人
signed-by-nobody = 不用签

## 事项类型
matter-kind-application = 办事
matter-kind-complaint = 投诉
matter-kind-help = 求助
matter-kind-suggestion = 建议
matter-kind-enquiry = 咨询

## 受理渠道
channel-platform = 构筑平台
channel-door = 走家入户
channel-liaison = 搭建桥梁
channel-call-centre = 民情通
channel-hall = 政（居）务大厅

## 事项类别
category-safety = 治安
category-mediation = 邻里纠纷
category-utilities = 水电气暖
category-health = 医疗卫生
category-sanitation = 公共卫生
category-environment = 环境绿化
category-relief = 贫困救助
category-old-age-allowance = 高龄补助
category-housing = 廉租住房
category-culture = 文体活动
category-enlistment = 征兵
category-family = 计划生育
category-servicemen = 优抚
category-employment = 就业社保
category-care = 一老一小

## 影响到谁
affected-household = 只有这一户
affected-stairwell = 整个单元
affected-building = 整栋楼
affected-estate = 整个小区
affected-community = 整个社区

## 需要留意
emergency-police = 报警
emergency-fire = 火警
emergency-medical = 急救
need-lives-alone = 独居
need-hard-of-hearing = 耳背
need-poor-eyesight = 视力差
need-walks-badly = 行动不便
need-chronic-illness = 慢性病
need-pregnant = 孕产
need-infant = 婴幼儿
consent-contact = 电话和短信联系
consent-needs = 登记特殊需要和健康情况
consent-photos = 上门拍照
brief-consent-contact = 不要打电话
brief-consent-needs = 不要登记健康情况
brief-consent-photos = 不要拍照

# 上门的要求
door-need-female-officer = 请女信息员来
door-need-dialect = 请会说家里话的来
door-need-sign-language = 请会手语的来
door-need-two-persons = 请两个人一起来

# 出门要带
bring-answer = 书面答复
bring-papers-list = 材料清单
bring-notice = 要告知的通知
bring-certificates = 送给居民的材料证件
bring-rating-card = 评价卡
bring-form = 征询表

## 语言
question-kind-text = 文字
question-kind-number = 数字
question-kind-one = 单选
question-kind-many = 多选
question-kind-date = 日期
question-kind-photo = 照片
language-mandarin = 普通话
language-lanzhou = 兰州话
language-hui = 回族话
language-tibetan = 藏语

## 事件
event-register = 登记
event-accept = 受理
event-refuse = 不予受理
event-appeal = 申请复核
event-solve-on-spot = 当场办结
event-explain-refer = 解释并指引
event-assign = 派单
event-sign = 签收
event-return = 退回
event-transfer = 转办
event-need-papers = 一次性补正告知
event-papers-in = 收到材料
event-papers-lapse = 逾期未补材料
event-escalate = 上报
event-superior-answers = 上级批复
event-superior-returns = 上级退回
event-result = 办理结果
event-pass = 审核通过
event-extend = 延期
event-feedback = 反馈
event-rate = 评价
event-reopen = 重新办理
event-call-back = 回访
event-rating-window-ends = 评价期满
event-merge = 并案
event-detach = 撤销并案
event-withdraw = 撤回
event-void = 作废
event-urge = 催办
event-note = 内部备注
event-send-back = 退回重办
event-co-assign = 协办
event-end-task = 协办完成
event-order = 督办
event-name = 通报
event-answer-order = 回复督办
event-ask-order = 请求催办
event-confirm = 同意
event-decline = 不同意
event-take-in = 并入
event-let-go = 移出并案
event-draft-public = 拟公示文稿
event-approve-public = 公示文稿复核通过
event-show-public = 公示
event-take-down-public = 撤下公示
event-keep-private = 不公开
event-tell = 已告知
event-warn = 临期提醒
event-remind = 提醒补材料

## 角色
role-resident = 居民
role-officer = 信息员
role-clerk = 窗口
role-lead = 社区负责人
role-department = 承办单位
role-supervisor = 街道督办员
role-delegate = 代表委员
role-administrator = 管理员
role-system = 系统

## 事项状态
matter-state-registered = 已登记
matter-state-accepted = 已受理
matter-state-assigned = 待签收
matter-state-handling = 办理中
matter-state-papers = 待补正
matter-state-escalated = 已上报
matter-state-answered = 已批复
matter-state-review = 待审核
matter-state-feedback = 待反馈
matter-state-follow-up = 待回访评价
matter-state-closed = 已办结
matter-state-refused = 不予受理
matter-state-merged = 已并案
matter-state-withdrawn = 已撤回
matter-state-void = 已作废

## 四个环节
stage-acceptance = 受理
stage-handling = 限期办理
stage-feedback = 公示反馈
stage-oversight = 跟踪监督

## 办理类型
handling-type-immediate = 即办件
handling-type-promised = 承诺件
handling-type-papers = 补办件
handling-type-escalated = 上报件
handling-type-advice = 建议件
duty-department = 承办单位
duty-street = 街道
duty-community = 社区

## 反馈方式
feedback-way-fixed = 固定式公开
feedback-way-collective = 集中式公示
feedback-way-individual = 单项式反馈
feedback-way-dispersed = 分散式答复
feedback-way-appointment = 约定式告知
feedback-way-special-reply = 专项反馈

## 时限
clock-total = 总用时
clock-accept = 受理时限
clock-sign = 签收时限
clock-handling = 办理时限
clock-papers = 补正时限
clock-superior = 上级办理
clock-answer = 批复后答复时限
clock-feedback = 反馈时限
clock-rating = 评价期
clock-publicity = 公示期

## 灯
lamp-none = 正常
lamp-yellow = 临期
lamp-red = 超期

## 督办
supervision-order-none = 无
supervision-order-urged = 催办
supervision-order-ordered = 督办
supervision-order-named = 通报

## 公示状态
publication-none = 未定
publication-drafted = 已拟稿
publication-approved = 已复核
publication-shown = 公示中
publication-taken-down = 已撤下
publication-private = 不公开

## 办理结论
matter-outcome-solved = 已解决
matter-outcome-partly = 部分解决
matter-outcome-not-solved-explained = 未解决，已说明
matter-outcome-explained-referred = 已解释并指引
matter-outcome-lapsed = 逾期未补，已结

## 不予受理的原因
refuse-reason-in-court = 已在诉讼或仲裁中
refuse-reason-handled = 同一事项正在办理
refuse-reason-unclear = 诉求不明
refuse-reason-unlawful = 不符合法律法规
refuse-reason-other = 其他原因

## 是否解决
solved-yes = 已解决
solved-partly = 部分解决
solved-no = 未解决

## 告知凭证
proof-none = 无
proof-signature = 签名
proof-code = 查询码

## 回访结果
call-back-confirmed = 确认已解决
call-back-not-solved = 反映未解决
call-back-not-reached = 未联系上

## 出资出力
contributor-street = 街道
contributor-community = 社区
contributor-unit = 辖区单位
contributor-superior = 上级

# 告知：在门口说的话
tell-accepted = 您反映的{ $category }的事已经受理，{ $due }前办结。
tell-accepted-open = 您反映的{ $category }的事已经受理，办结日期定下来就告诉您。
tell-refused = 您反映的{ $category }的事没有受理：{ $reason }。您可以提一次异议。
tell-papers = 您办的{ $category }的事还缺材料：{ $papers }。带来以后接着办。
tell-escalated = 您反映的{ $category }的事已经上报，上级答复后三个工作日内告诉您。
tell-answered = 您反映的{ $category }的事上级已经答复，三个工作日内告诉您结果。
tell-feedback = 您反映的{ $category }的事有结果了：{ $reply }
tell-merged = 您反映的{ $category }的事和邻居们的同一件事一起办，进度照样告诉您。
tell-handling = 您反映的{ $category }的事已经重新办理。
tell-extend = 您反映的{ $category }的事需要更多时间，改到{ $due }前办结。
tell-notice = 社区通知“{ $title }”：{ $text }
tell-notice-for = 给{ $names }的通知“{ $title }”：{ $text }

# 敲门之前
brief-age = { $n } 岁
brief-resident = { $name }：{ $about }
brief-colleague-today = 今天已有同事来过
brief-colleague-yesterday = 昨天有同事来过

# 为什么要去
why-visit-feedback-overdue = 反馈超期
why-visit-feedback-due = 待反馈
why-visit-papers = 材料待补
why-visit-follow-up = 待跟进
why-visit-untold = 有通知要告知
why-visit-cycle = 该走访了
to-visit-feedback-overdue = { $n ->
        [0] 答复今天已超期，还没送到
       *[other] 答复已超期 { $n } 天，还没送到
    }
to-visit-feedback-due = { $n ->
        [0] 答复今天要送到
       *[other] 答复要在 { $n } 天内送到
    }
to-visit-feedback-due-open = 有答复要送到
to-visit-papers = { $n ->
        [0] 材料今天要补齐
       *[other] 材料要在 { $n } 天内补齐
    }
to-visit-papers-open = 有材料要补
to-visit-follow-up = { $n ->
        [0] 答应今天再来
       *[other] 答应再来，已过 { $n } 天
    }
to-visit-untold-open = 有通知还没告知
to-visit-cycle = 已有 { $n } 天没有走访
to-visit-cycle-open = 还没有走访过
refusal-already-registered = 这件事已经登记过了，没有重复登记。
refusal-overtaken = 别的同事先办了，您写的话都还在。请看最新情况，需要的话再发一次。
refusal-not-allowed = 按这件事现在的状态，不能这样办。您写的话都还在。
refusal-unknown-code = 办公室的系统还不认识这个选项，请更新应用后再发一次。
refusal-role = 这一步要由别的岗位来办。
refusal-type = 这类事项不走这一步。您写的话都还在。
refusal-incomplete = 还缺少必要的内容，请补齐后再发一次。
refusal-bound = 这一步已经做满规定的次数。您写的话都还在。
refusal-too-late = 已经过了办这一步的时间。您写的话都还在。
refusal-same-person = 这一步要由另一个人来确认。
refusal-other-department = 这件事在别的单位手里。
refusal-other-matter = 所指的另一件事不合适。
refusal-nothing-such = 没有找到对应的提议或材料。
refusal-already-rated = 这位居民本轮已经评价过了。
refusal-other-officer = 这是别的信息员的上门预约。

## 记录的状态
state-draft = 草稿
state-ready = 待发送
state-carried = 同事的，还没到办公室
state-sending = 发送中
state-received = 办公室已收到
state-applied = 已入库
state-needs-review = 待核对
state-refused = 未采纳
state-parked = 暂存待查
state-practice = 练习

## 隔离的原因
quarantine-malformed = 这条记录的格式坏了，原文已留在办公室待查。
quarantine-oversize = 这条记录太大，原文已留在办公室待查。
quarantine-foreign-actor = 这条记录不是这台手机写的，原文已留在办公室待查。
quarantine-out-of-scope = 这一户不在您的网格里，原文已留在办公室待查。
quarantine-dead-document = 这份资料已经停用，原文已留在办公室待查。
quarantine-signature = 这条记录的签名对不上，原文已留在办公室待查。

## 今天
today-visits = 今天走访 { $n } 户：{ $office } 户已到办公室
offline-normal = 离线（正常），有网络时会自动发送
salvaged = 手机上的数据文件于 { $when } 发现损坏，已另存，能读的都搬到了新文件：操作记录 { $journal } 条，其中未发送 { $unsent } 项；读不出 { $unreadable } 页。其余联网后从办公室取回。

## 错误：发生了什么，怎么办
error-area-malformed = 区划代码不对。请从列表里选。
error-area-mismatch = 网格和社区对不上。请重新选网格。
error-address-empty = 地址是空的。请至少填一项。
error-address-taken = 这个门牌已经登记过了。请打开那一户来修改。
error-text-empty = 这一项不能空着。请填写。
error-text-too-long = 这一项太长了。请写短一些，或分成两条。
error-text-control = 这一项里有看不见的控制字符。请删掉重写。
error-phone-malformed = 电话号码不对。只能写数字、空格和横线。
error-consent-withdrawn = 这位居民不同意登记这一项。请留空；若本人重新同意，请先记下。
error-year-malformed = 出生年份不对。请写四位数的年份，或留空。
error-span-malformed = 时段不对。请选星期几，并让开始早于结束。
error-date-malformed = 日期不对。请写成 2026-09-21 这样。
error-code-unknown = 这个选项不认识。请从列表里选。
error-id-malformed = 编号不对。请从列表里重新打开。
error-list-too-long = 条数太多了。请分开登记。
error-papers-unknown = 告知单上没有这份材料。
error-proof-missing = 选了签字，还没有签。
error-proof-code = 这个编码不是这件事的。请看回执单上的编码。
error-slip-malformed = 回执单编码是八位字母和数字。请再看一下，或者扫码。
error-event-unknown = 没有这条未采纳的记录，也许已经处理过了。
error-stars-range = 请给一到五颗星。
error-edit-empty = 没有改动任何内容。
error-form-unknown = 这部手机上没有这张问卷或这个版本。请先同步，再从列表里打开。
error-form-name = 问卷的名字只能用小写字母、数字和下划线。
error-form-version = 版本号不对：从 1 开始，改了内容要用更大的号。
error-notice-unknown = 没有这条通知。请先同步，再从要告知的事里打开。
error-notice-period = 通知的日期不对：最后一天不能早于第一天，最长一年。
error-notice-age = 年龄范围不对：0 到 150 岁，下限不能大于上限。
error-notice-withdrawn = 这条通知撤回过。要再发，请改写内容或日期。
error-list-empty = 这里至少要有一条。
error-question-name = 题目的名字只能用小写字母、数字和下划线，一张问卷里不能重复。
error-question-choices = 选项不对：单选、多选要有 2 到 30 个不重复的选项，其他题型不能有。
error-question-range = 范围不对：下限不能大于上限，只有文字、数字、多选能设。
error-question-when = 显示条件不对：只能看前面的单选、多选或数字题，值要是它的选项。
error-answer-unknown = 问卷里没有这道题，或者答了两次。
error-answer-not-asked = 按前面的回答，这道题不用问。请清空。
error-answer-missing = 这道题必须回答。
error-answer-malformed = 这个回答和题型对不上。请重填。
error-answer-range = 回答超出了范围。请核对。
error-household-coming = 这一户的资料还在路上，请稍后再试。
error-household-unknown = 这台手机上没有这一户。请先同步，或登记住户。
error-history-unknown = 这一年的走访不在社区另存，手机上已经都有。
error-resident-unknown = 这一户没有这位居民。请刷新后再试。
error-visit-unknown = 这台手机上没有这次走访。请刷新后再试。
error-follow-up-unknown = 这台手机上没有这条跟进。请刷新后再试。
error-matter-unknown = 这台手机上没有这件事项。请刷新后再试。
error-appointment-not-agreed = 这次上门还没有约定好，先等办公室确认。
error-appointment-unknown = 这台手机上没有这次预约。请刷新后再试。
error-slot-malformed = 时间要是整五分钟，时长 5 到 240 分钟。
error-change-too-large = 一次改动太大了。请分几次保存。
error-frame-malformed = 收到的数据读不懂。什么都没有丢，稍后会再试。
error-frame-too-large = 收到的数据太大。什么都没有丢，稍后会再试。
error-document-malformed = 这份资料读不出来。原文保留着，请联系办公室。
error-item-too-large = 这条记录太大。请缩短后再保存。
error-device-not-enrolled = 这台手机还没有登记。请扫办公室给的登记码。
error-device-enrolled = 这台手机已经登记过了。
error-undo-late = 这一条已经发出去或者后来又改过，不能撤销了。要改，请再记一条。
error-draft-too-large = 草稿太长了。请先存好这一条，再另起一条。
error-draft-too-many = 草稿太多了。请先填完或者删掉几条。
error-draft-unknown = 没有这份草稿，可能已经存好了。
error-wipe-unsent = 还有没交到办公室的记录，不能清空。请先连网交完。
error-store-busy = 另一个程序正在使用这份数据。请关掉它再试。
error-enrolment-malformed = 登记的回答读不懂。请再扫一次登记码。
error-exchange-not-running = 没有正在进行的同步。
error-office-busy = 办公室的服务器正忙。没有丢东西，过一会儿再同步。
error-office-failed = 办公室的服务器没有正常回答。没有丢东西，过一会儿再同步；总是这样请告诉办公室。
error-office-unreachable = 现在连不上办公室。没有丢东西，有网络时再同步。
error-key-malformed = 手机的密钥不对。请联系办公室。
error-token-malformed = 通行证读不懂。请稍后再试。
error-store-failed = 手机存不下这条记录。请看看存储空间，然后再试。
error-store-damaged = 手机上的数据文件损坏了。应用会把能读的搬到新文件，其余联网后从办公室取回；若再次提示，请关闭应用再打开。
error-store-newer = 这份数据是更新版本的应用写的。请更新应用。

## 页面
problem-session-missing = 还没有登录，或登录已到期。请到 /office/sign-in 登录。
arrived = { $name }的手机登记好了（{ $number } 号，{ $when }）。
problem-card-unknown = 没有这张卡片，或不归这里。
problem-card-settled = 这张卡片刚才已经清掉了。
problem-card-disputed = 这两户里还有两处不同的写法。请先核对那几张卡片。
problem-card-changed = 这里又来了新的写法。请看过再定。
problem-decision-undone = 这一条已经撤销过了。
problem-decision-overtaken = 后来又改过，不能撤销了。要改，请直接改这一项。
matter-kind = 种类
month-1 = 1 月
month-2 = 2 月
month-3 = 3 月
month-4 = 4 月
month-5 = 5 月
month-6 = 6 月
month-7 = 7 月
month-8 = 8 月
month-9 = 9 月
month-10 = 10 月
month-11 = 11 月
month-12 = 12 月
weekday-1 = 周一
weekday-2 = 周二
weekday-3 = 周三
weekday-4 = 周四
weekday-5 = 周五
weekday-6 = 周六
weekday-7 = 周日
day-said = { $month } { $day } 日 { $weekday }
day-today = 今天
day-tomorrow = 明天
day-yesterday = 昨天
when-day = { $day } { $clock }
plate-building = { $n } 号楼
plate-stairwell = { $n } 单元
plate-floor = { $n } 层
plate-door = { $n } 号
problem-enrol-code-unknown = 没有这个登记码。请核对一遍，或请办公室重新发一个。
problem-enrol-code-used = 这个登记码已经用过了。请办公室重新发一个。
problem-enrol-code-expired = 这个登记码过期了。请办公室重新发一个。
problem-enrol-key-malformed = 手机送来的密钥不对。请重新打开应用再登记。
problem-token-missing = 没有带通行证。请先登记手机。
problem-token-malformed = 通行证不对。请更新通行证后再试。
problem-token-expired = 通行证过期了。请更新通行证后再试。
problem-token-failed = 通行证发不出来。请稍后再试。
problem-device-unknown = 办公室不认识这部手机。请联系办公室。
problem-refresh-unknown = 更新凭证是旧的，手机的数据可能恢复过。应用会自动核对身份，然后继续。
problem-refresh-signature = 更新凭证的签名对不上。请联系办公室。
problem-request-malformed = 请求读不懂。请更新应用后再试。
problem-request-too-large = 一次送来的太多了。请分几次送。
problem-request-media-type = 请求的格式不对。请更新应用后再试。
problem-wire-version = 应用和办公室服务器的版本对不上。已写的内容都在本机，不会丢失；请更新较旧的一方后再同步。
problem-exchange-under-way = 本机的另一次同步正在进行。没有丢东西，稍等片刻再同步。
problem-route-unknown = 没有这个地址。请核对网址。
problem-route-method = 这个地址不能这样用。请更新应用后再试。
problem-server-busy = 服务器忙。什么都没有丢，请稍后再试。
problem-server-failed = 服务器出错了。什么都没有丢，请稍后再试；总是这样就联系管理员。
problem-store-failed = 服务器的数据库出错了。已收到的都在，请联系管理员。
problem-store-newer = 这份数据是更新版本的服务器写的。请更新服务器。
problem-record-unknown = 没有这条记录。请刷新后再试。
problem-record-taken = 这条记录已经有了。
problem-form-stale = 页面放得太久了。请再试一次。
problem-second-wrong = 数字不对，或者已经用过了。等下一组数字出来再试；一直不对，看看手机的时间准不准。
problem-second-expired = 等得太久了。再登录一次。
problem-second-name = 姓名里不能有冒号（{ $what }）。
problem-sign-in-wrong = 姓名或密码不对。看看大写锁是不是开着，再试一次。
problem-tries-too-many = 试得太多了。过一会儿再试，不会一直锁着。
problem-right-missing = 您的角色不能做这件事。需要的话，请管理员给您相应的角色。
problem-desk-none = 您还没有可以坐的席位。请管理员给您一个角色和一个已开通的社区。
problem-device-reading-ended = 办公室已停止向这部手机下发记录。您写的照样交得上去；请到办公室核对手机。
problem-device-revoked = 办公室已吊销这部手机。手上的交完后，手机会自行清空；请到办公室换领。
problem-refresh-reused = 这个令牌早已用过，手机的数据可能恢复过。请到办公室核对手机；没交的记录照样能交。
problem-officer-disabled = 这位信息员已停用：{ $what }。先启用再出码。
problem-staff-unknown = 没有这个人。看看名字对不对：minqing admin staff list。
problem-grant-area = 地区不对：{ $what }。写社区、街道或区县的代码，12、9 或 6 位。
problem-grant-unknown = 这个人没有这个角色和地区：{ $what }。看 minqing admin staff list。
problem-new-password-differs = 两遍新密码不一样。再输一次。
problem-new-password-length = 新密码太短或太长。至少 { $what } 个字。
problem-new-password-same = 新密码和现在的一样。换一个。
problem-new-password-old-wrong = 现在的密码不对。看看大写锁定，再试一次。
problem-code-too-long = 登记码里的服务器地址太长。请管理员改短 public_url。
problem-password-failed = 密码处理出错了。请联系管理员。
problem-community-unknown = 没有开设这个社区：{ $what }。请先用 minqing admin community add 开设。
problem-grid-unknown = 这个社区没有这个网格：{ $what }。请核对，或先增加网格。
problem-grids-count = 网格个数不对：{ $what }。请写 1 到 999。
problem-officer-unknown = 没有这位信息员：{ $what }。请核对编号。
problem-staff-taken = 这个姓名已经有人用了。请加上区分，比如工号。
problem-role-unknown = 没有这个角色：{ $what }。写 C、L、H、S、D 或 A。
problem-background-unknown = 没有这种来历：{ $what }。请写 cadre、retiree、laid_off、ex_soldier 或 graduate。
problem-config-unknown = 不认识这项设置：{ $what }。请对照 config.default.toml。
problem-config-value = 这项设置的值不对：{ $what }。请对照 config.default.toml。
problem-config-malformed = 设置文件第 { $what } 行读不懂。请检查格式。
problem-config-file = 设置文件打不开：{ $what }。请检查路径。
problem-data-directory = 数据目录不能用：{ $what }。请检查路径和权限。
problem-key-file = 服务器的密钥文件不能用：{ $what }。请从备份恢复，不要删除。
problem-area-data = 区划数据坏了：{ $what }。请重新安装服务器。
problem-start-failed = 服务器启动不了：{ $what }。
problem-start-listen = 不能在 { $what } 上监听。请换个端口，或停掉占用它的程序。
problem-cli-usage = 命令不对。请看 minqing --help。
problem-scope-unknown = 办公室没有这个版本的网格分工。请联系办公室重新登记手机。
problem-frame-malformed = 送来的数据读不懂。什么都没有丢，请稍后再试。
problem-frame-too-large = 一次送来的数据太大。什么都没有丢，请分几次送。
problem-check-failed = 检查没有通过，有 { $what } 处对不上。请先不要改动数据，联系开发者。
problem-aside-unknown = 没有这条暂存记录，或已经处理过：{ $what }。用 minqing aside list 查看。
problem-aside-unreadable = 这条记录读不出来，不能采纳。请退回信息员重新填写。
problem-public-name = 这段文字（{ $what }）人人可读，里面有居民的姓名。什么都没有保存。请去掉姓名再写。
problem-public-number = 这段文字（{ $what }）人人可读，里面有像电话或身份证的号码。什么都没有保存。请去掉号码；日期写成 9月20日，电话只写六位以内的，如 12345。
problem-public-room = 这段文字（{ $what }）人人可读，里面有这户的房号。什么都没有保存。最多写到楼栋。
problem-line-refused = 按流水线的规则，现在不能这样办（{ $what }）。什么都没有改动。
problem-department-taken = 这个社区已有同名的承办单位。
problem-department-unknown = 没有这个承办单位（{ $what }）。
problem-line-none = 还没有选事项。请先在卡片上打勾。
problem-line-too-many = 一次最多选 { $what } 件。请少选一些。
problem-matter-unknown = 没有这件事项（{ $what }）。
problem-appointment-unknown = 没有这次预约（{ $what }）。
problem-appointment-refused = 按预约的规则，现在不能这样办（{ $what }）。什么都没有改动。
problem-appointment-no-room = 这个时间约不上（{ $what }），原来的没有改动。请另选一个时间。
problem-aside-rules = 这条记录会改动只能写一次的内容，或替别人说话，不能采纳。请退回信息员。
problem-aside-place = 这条记录在该信息员的社区里没有归处。请退回信息员，或先登记这户。
error-record-unknown = 这条记录没有被暂存：{ $what }。
error-item-unreadable = 这条记录的存底读不出来，请重新填写。
problem-backup-exists = 已有同名文件：{ $what }。请换一个名字。
problem-backup-failed = 备份写不进去：{ $what }。请检查路径、权限和剩余空间。
problem-restore-running = { $what } 上有服务器在运行。请先停止它。
problem-erase-file = 抹除清单 { $what } 无法读写。请检查权限和剩余空间，再启动一次。
problem-erase-nothing = 没有指明要抹除什么。请指明居民或词语。
problem-restore-file = { $what } 不是可读的备份。什么都没有改动。
problem-restore-failed = 备份放不到 { $what }。请检查权限和剩余空间；原来的数据在旁边。
problem-start-locked = { $what } 上已有服务器在运行。请先停止它，或换一个目录。

## 演示
problem-challenge-unknown = 这次核对过期了。请再同步一次。
error-contact-under-way = 正在同步，您刚写的内容也会一并上传。
error-exchange-stale = 另一个后台任务刚同步过。请再同步一次。
quarantine-failed = 办公室的系统处理这条记录时出错，原文已留在办公室待查。
quarantine-revoked = 这部手机已被吊销，原文已留在办公室待查。
problem-envelope-unsigned = 这部手机送来太多签名不对的记录。请联系办公室。
problem-store-damaged = 数据库里有一处读不出来。已收到的都在，请联系管理员。
problem-stream-unknown = 没有这条数据流。请联系管理员。
error-grid-not-yours = 这个网格不归您走访。请选自己的网格，或请办公室调整。
problem-store-conflict = 要存的内容和已有的冲突。什么都没有丢，请联系管理员。

## Rosters and tables
level-city = 市
level-district = 区县
level-street = 街道
level-community = 社区
level-grid = 网格
problem-import-file = 打不开这张表：{ $what }。请检查路径和权限。
problem-table-empty = 表是空的。第一行应当是表头。
problem-table-encoding = 这张表既不是 UTF-8 也不是 GB18030。请另存为 CSV UTF-8 或 XLSX。
problem-table-format = 这张表读不出来（{ $what }）。请另存为 CSV 或 XLSX。
problem-table-quote = 表的第 { $what } 行有一个引号没有配对。请补上或删去。
problem-table-too-large = 表太大，最多 { $what }。请分成几张。
problem-column-unknown = 不认识这一列：{ $what }。请改名或删去。
problem-column-missing = 缺少这一列：{ $what }。请补上。
problem-column-repeated = 这一列出现了两次：{ $what }。请只留一列。
problem-row-width = 这一行在没有表头的地方有内容。请移到表头下面或删去。
problem-row-repeated = 同一户里这个人出现了两次。请只留一行。
problem-row-disputed = 这位居民有两个版本等待核对。请先核对，再导入。
problem-grid-differs = 这一户在另一个网格。请改正网格。
problem-address-incomplete = 这个地址定不出一户。请写室号，或写巷和门牌。
problem-household-unknown = 没有这一户。请核对编号，或不写编号。
problem-export-failed = 表格写不出来：{ $what }。
problem-export-too-many = 行数超过一张表能放的（{ $what }）。请按社区导出，或用 CSV。

## Doctor
problem-doctor-listen = 这不是能监听的地址和端口：{ $what }。请写成 127.0.0.1:8311 的样子。
problem-doctor-public-url = 手机从外面到不了 { $what }。发登记码之前请设好 public_url。
problem-doctor-https = 手机会以明文连到 { $what }。请在前面放带 https 的代理，并把 public_url 设成它。
problem-doctor-open = 服务器对外监听（{ $what }），说的是明文 HTTP。请监听 127.0.0.1 并放在代理后面，除非隔着容器的网络。
problem-doctor-metrics = 谁都能读 /metrics。请把 metrics.public 设为 false，除非网络已经挡住外人。
problem-doctor-directory = { $what } 没有数据目录。请检查 --data，或先用 minqing admin community add 开通社区。
problem-doctor-rights = 当前用户不能写 { $what }。请把目录交给运行服务器的用户。
problem-doctor-open-directory = 这台机器上的其他用户能看到 { $what }。请对它执行 chmod 700。
problem-doctor-open-key = 这台机器上的其他用户能读密钥 { $what }。请对它执行 chmod 600；若可能已被外人读过，请告诉开发者。
problem-doctor-server-key = 服务器的密钥 { $what } 没有了或已损坏。请从备份恢复，不要另造。
problem-doctor-disk = 磁盘只剩 { $what }。请马上腾出空间，否则什么也存不进去。
problem-doctor-disk-soon = 磁盘还剩 { $what }，不够在数据库旁边做备份。请尽快腾出空间。
problem-doctor-wal = 预写日志已有 { $what }。有东西读了太久；请在空闲时重启服务器。
problem-doctor-database = 数据库读不出来：{ $what }。请保持目录原样，在另一个目录恢复备份。
problem-doctor-integrity = 数据库已损坏：{ $what }。请停下服务器，复制目录，恢复备份。
problem-doctor-version = 数据库是旧版本（{ $what }）。下次 minqing serve 会升级；请先做备份。
problem-doctor-chain = 日志末尾对不上：{ $what }。请保持目录原样，运行 minqing rebuild --check，告诉开发者。
problem-doctor-received = 有记录收到超过十分钟还没入库：{ $what }。请重启服务器，启动时会入库。
problem-doctor-held = 有记录等别的手机超过七天：{ $what }。请问问谁的手机很久没有同步。
problem-doctor-aside = 有记录被搁置，或在等被搁置的记录：{ $what }。原文都在；请把日志里的说明告诉开发者。
problem-doctor-areas = 区划有缺口：{ $what }。请再运行一次 minqing admin community add；还不行就告诉开发者。
problem-doctor-clock = 这台机器的时钟是 { $what }，不可能：日志里有更晚的时间，或者差得太远。请校准时钟。

## 照片与语音
problem-upload-version = 上传的方式与服务器不合。请更新应用后再试。
problem-upload-malformed = 上传请求无法读取。请更新应用后再试。
problem-upload-unknown = 没有这次上传，或已经过期。应用会重新开始，不用做什么。
problem-upload-offset = 上传的位置不对。应用会先问清楚再继续，不用做什么。
problem-upload-too-long = 传来的内容比说好的长，没有存下。应用会重试。
problem-upload-cut = 传到一半断了。已经到的部分都在，应用会接着传。
problem-upload-busy = 同一个文件正在传。请稍候，应用会自动再试。
problem-upload-too-many-halves = 这部手机没传完的文件太多。先传完的会让出位置，应用会自动再试。
problem-upload-too-much-today = 这部手机今天传的文件太多。明天会自动接着传；文件都在手机上。
problem-history-unknown = 社区没有这一年的走访记录，或这户不归您看。
problem-pack-unknown = 社区已经有更新的数据包，手机会自动重新获取。
problem-attachment-unknown = 没有这个文件，或者您不能看。请刷新后再试。
problem-attachment-too-large = 文件太大，办公室不收。请重新拍一张，或把语音分成几段。
problem-attachment-kind = 这不是办公室收的照片或语音格式。文件仍在手机上；请告诉办公室。
problem-photo-no-patches = 还没有画框，什么也没有盖住。请在要遮的地方拖一个框，再存一次。
problem-photo-too-many-patches = 框太多了。一张照片最多 { $what } 块；挨着的可以并成一块。
problem-photo-patch-outside = 第 { $what } 块不对：四个数都要填，单位是 %，不能超出照片。请改好再存。
problem-photo-too-many-covers = 这张照片已经遮盖过太多次，不能再存。请联系管理员。
problem-attachment-unreadable = 照片打不开，办公室没有收下。文件仍在手机上；请重新拍一张。
problem-attachment-mismatch = 传来的内容与记录里写的不一致，没有存下。应用会重新上传。
error-photo-kind = 这不是照片。请选 JPEG、PNG 或 WebP 格式的图片。
error-photo-too-large = 照片文件太大。请用相机重新拍一张。
error-photo-too-many-pixels = 照片尺寸太大。请把相机调小一档再拍。
error-photo-unreadable = 照片打不开，可能没有存完整。请重新拍一张。
error-voice-too-large = 语音太长。请分成几段录。
error-file-kind = 不认识这种文件。请选照片或语音。
error-file-missing = 找不到这个文件。请重新拍照或录音。
error-file-unknown = 这个文件不在手机上，或被改过。请重新拍照或录音。
error-record-missing = 这部手机上没有这条记录。请刷新后再试。
error-upload-not-running = 没有正在进行的上传。
file-state-at-office = 已到办公室
file-state-waiting = 待上传
file-state-uploading = 上传中
file-state-refused = 办公室不收

## Surveys
problem-form-unknown = 没有这张问卷：{ $what }。用 minqing survey 看全部。
problem-form-malformed = 问卷文件读不懂，位置 { $what }。请对照 data/forms 里的样子改。
problem-form-file = 读不了这个文件：{ $what }。
problem-notice-unknown = 没有这条通知：{ $what }。用 minqing admin notice list 看全部。
problem-notice-malformed = 通知读不懂，位置 { $what }。请对照 data/notices 里的样子改。
problem-notice-too-many = 同时有效的通知最多 50 条。请先撤回不用的。

## 工作日历
day-kind-working = 工作日
day-kind-make-up = 补班日
day-kind-weekend = 周末
day-kind-holiday = 节假日
error-store-locked = 这份数据是用另一把钥匙加密的，打不开；它原样保留。请不要重装，联系办公室。
error-store-plain = 这份数据没有加密，这个版本只打开加密的数据；它原样保留。请联系办公室。
error-practice-office = 这是练习，不连办公室，也不带出去。要办真事，请先退出练习。
error-practice-only = 这不是练习，什么都没有删。
error-bundle-address = 这不是同事手机上的二维码，或者没有扫全。请重新扫一次。
error-bundle-author-unknown = 这个包裹里没有一条是本办公室手机签的，办公室不收。请原来的手机自己联网发送，或联系办公室。
error-bundle-empty = 没有要带走的记录：这部手机上的都已经到办公室了。
error-bundle-malformed = 这个文件不是民情的包裹，或者传的时候坏了。请让同事重新做一个。
error-bundle-newer = 这个包裹是新版本做的。请先更新，再打开。
error-bundle-no-office = 这部手机还没有拿到办公室的公钥。请先联网同步一次。
error-bundle-not-for-me = 这个包裹是封给别人的，这里打不开。请让同事扫这部手机上的二维码，重新做一个。
error-bundle-own = 这是这部手机自己的。请用同事的手机打开。
error-bundle-signature = 包裹里有记录的签名不对，什么都没有收下。请让同事重新做一个。
error-bundle-signer-unknown = 那部手机的证明是办公室用新公钥签的，这部手机还不知道。请先联网同步一次。
error-bundle-too-large = 这个包裹太大，没有收下。请让同事分开做。
error-bundle-too-many = 这部手机已经带着很多包裹。请先联网，把它们送到办公室。
error-bundle-unknown = 这部手机上没有这个包裹。请刷新列表。
error-calendar-malformed = 这份放假安排读不懂。请核对年份、日期和格式，再上传一次。
error-calendar-hours = 办公时间不对。请按先后写，每段先开后关，不能重叠。
error-time-malformed = 时间不对。请写成 2026-09-30 或 2026-09-30T16:00，可以带时区。
day-of = { $kind }（{ $name }）
day-provisional = { $day }，暂定
problem-calendar-days = 工作日数太大。最多 { $what }。
problem-calendar-year = 没有这一年。可以看的是 { $what }。
problem-calendar-file = 打不开文件 { $what }。请核对路径和权限。
problem-calendar-too-large = 文件太大。最多 { $what } KiB。
problem-calendar-other-year = 文件里的年份不是 { $what } 年。请核对后再上传。
problem-calendar-no-office = { $what } 里没有办公室的数据。请核对 --data。
problem-doctor-decree = { $what } 年的放假安排还没有上传。请用 minqing calendar upload 上传。

## 设置
problem-setting-unknown = 没有这项设置（{ $what }）。
problem-setting-changed = 别人刚改过这项设置。请看过新的再改。
problem-setting-malformed = 这项设置的内容读不懂（{ $what }）。请对照说明再写。
problem-setting-length = 时限不合适（{ $what }）。请按范围写工作日数；只有办理时限可以按小时。
problem-setting-public = 这类事项（{ $what }）不能逐件公开。
problem-setting-from = 生效时间不合适：不能早于现在，不能晚于一年以后；日历和部门立即生效。

## 回执单
problem-letter-sent = 这封信已经收到了，编号和密码已经给您看过一次。要再写一封，就在下面写。
problem-slip-count = 张数不对。一次 1 到 { $what } 张。
problem-slip-taken = 有一个编号已经用过，这一批没有保存。请再做一次。
problem-slip-wrong = 编号和密码对不上。请核对后再输。
problem-matter-registered = 这一件已经登记过了。请在事项里查看，不用再登记。
problem-slip-bound = 这张回执单已经用在另一件事上。请换一张，或者空着现打一张。
problem-slip-unknown = 没有这张回执单。请再看一下编号，或者空着现打一张。
problem-window-door = 不清楚是哪一户。请在下面选一户，或者把这一格空着、写地点。
problem-window-number = 今天没有这个号。请看窗口页上的号码。

## 纸质走访单
error-paper-unknown = 这不是走访单上的二维码。请对准要录入的那一行再扫一次。
error-paper-entered = 这一行已经录过了。要改请打开那次走访。
error-paper-other-officer = 这张走访单是另一名信息员的，请由本人或办公室录入。
error-paper-early = 这张走访单的日子还没到。请核对日期。
error-paper-survey = 走访单上不能带问卷。请先录走访，问卷由信息员在门口填写。
problem-paper-too-long = 一张走访单最多 { $what } 户。请分开打印。
problem-appointment-no-time = 这次预约还没有提出时间（{ $what }），先提出时间再打印。
reminder-text = 【民情】{ $time }，{ $what }，请留人在家。
reminder-text-code = 【民情】{ $time }，{ $what }，请留人在家。查看、改时间、取消请凭编号 { $code }。
time-span = { $day } { $from }–{ $until }

## 走访路线
error-round-malformed = 这一天排不了：有的内容不合适。请核对住户、时间和信息员。
error-round-too-large = 这一天太大，一次排不完。请一个网格一个网格地排。
problem-round-day = { $what } 已经过去了，不能再排。请选今天或以后的日子。
problem-round-officers = 网格 { $what } 没有信息员，排不了走访。请先在信息员的设置里定下谁走这个网格。
problem-round-malformed = 这一天排不了：{ $what } 不合适。请改正后再排。
problem-round-too-large = 这一天太大，一次排不完（{ $what }）。请一个网格一个网格地排，最多 2000 户、500 名信息员。
problem-check-rounds = 排出的路线没守约（{ $what }），没有采用。请报告这个问题。
problem-plan-file = 打不开文件 { $what }。请核对路径和权限。
problem-plan-malformed = 文件既不是一天的 JSON，也不是 Solomon 算例；第 { $what } 行读不懂。请对照 docs/ROUNDS.md。
problem-plan-too-large = 文件太大。最多 { $what } MiB。
problem-plan-seconds = 限时不对。请写 { $what } 秒。
problem-buildings-file = 打不开文件 { $what }。请核对路径和权限。
problem-buildings-malformed = 表格第 { $what } 行读不懂。每行要有 estate、building、lat、lon，坐标是 WGS 84 的度数。
problem-buildings-too-large = 表格太大，最多 { $what }。
problem-footways-file = 打不开文件 { $what }。请核对路径和权限。
problem-footways-malformed = 文件不是 GeoJSON，{ $what } 处读不懂。请从 OpenStreetMap 重新导出道路。
problem-footways-too-large = 道路太多，最多 { $what }。请只导出本区的道路。
problem-footways-none = 文件里没有可以步行的道路。请连同 highway 标签一起导出。
