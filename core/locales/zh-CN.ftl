# 民情：屏幕、页面、提示里的每一句话。键名不改意思；英文在 en.ftl，键相同。

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
category-sanitation = 公共卫生
category-environment = 环境绿化
category-old-age-allowance = 高龄补助
category-culture = 文体活动
category-enlistment = 征兵
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
need-lives-alone = 独居
need-hard-of-hearing = 耳背
need-poor-eyesight = 视力差
need-walks-badly = 行动不便
need-chronic-illness = 慢性病
need-pregnant = 孕产
need-infant = 婴幼儿

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
event-solve-on-spot = 当场办结
event-note = 内部备注

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
matter-state-feedback = 待反馈

## 未采纳的原因
refusal-already-registered = 这件事已经登记过了，没有重复登记。
refusal-overtaken = 别的同事先办了，您写的话都还在。请看最新情况，需要的话再发一次。
refusal-not-allowed = 按这件事现在的状态，不能这样办。您写的话都还在。
refusal-unknown-code = 办公室的系统还不认识这个选项，请更新应用后再发一次。
refusal-role = 这一步要由别的岗位来办。

## 记录的状态
state-draft = 草稿
state-ready = 待发送
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

## 错误：发生了什么，怎么办
error-area-malformed = 区划代码不对。请从列表里选。
error-area-mismatch = 网格和社区对不上。请重新选网格。
error-address-empty = 地址是空的。请至少填一项。
error-address-taken = 这个门牌已经登记过了。请打开那一户来修改。
error-text-empty = 这一项不能空着。请填写。
error-text-too-long = 这一项太长了。请写短一些，或分成两条。
error-text-control = 这一项里有看不见的控制字符。请删掉重写。
error-phone-malformed = 电话号码不对。只能写数字、空格和横线。
error-year-malformed = 出生年份不对。请写四位数的年份，或留空。
error-date-malformed = 日期不对。请写成 2026-09-21 这样。
error-code-unknown = 这个选项不认识。请从列表里选。
error-id-malformed = 编号不对。请从列表里重新打开。
error-list-too-long = 条数太多了。请分开登记。
error-edit-empty = 没有改动任何内容。
error-form-unknown = 这部手机上没有这张问卷或这个版本。请先同步，再从列表里打开。
error-form-name = 问卷的名字只能用小写字母、数字和下划线。
error-form-version = 版本号不对：从 1 开始，改了内容要用更大的号。
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
error-household-unknown = 这台手机上没有这一户。请先同步，或登记住户。
error-resident-unknown = 这一户没有这位居民。请刷新后再试。
error-visit-unknown = 这台手机上没有这次走访。请刷新后再试。
error-follow-up-unknown = 这台手机上没有这条跟进。请刷新后再试。
error-matter-unknown = 这台手机上没有这件事项。请刷新后再试。
error-change-too-large = 一次改动太大了。请分几次保存。
error-frame-malformed = 收到的数据读不懂。什么都没有丢，稍后会再试。
error-frame-too-large = 收到的数据太大。什么都没有丢，稍后会再试。
error-document-malformed = 这份资料读不出来。原文保留着，请联系办公室。
error-item-too-large = 这条记录太大。请缩短后再保存。
error-device-not-enrolled = 这台手机还没有登记。请扫办公室给的登记码。
error-device-enrolled = 这台手机已经登记过了。
error-enrolment-malformed = 登记的回答读不懂。请再扫一次登记码。
error-exchange-not-running = 没有正在进行的同步。
error-history-changed = 办公室的系统从备份恢复过。您的记录都在手机里，请联系办公室。
error-key-malformed = 手机的密钥不对。请联系办公室。
error-token-malformed = 通行证读不懂。请稍后再试。
error-store-failed = 手机存不下这条记录。请看看存储空间，然后再试。
error-store-newer = 这份数据是更新版本的应用写的。请更新应用。
## 页面
office-brand = 民情
office-plate = 社区办公室
office-only-staff = 办公室，只给工作人员
office-skip = 跳到正文
office-menu = 菜单
office-fold = 收起
office-today = 今天
office-phones = 人员与设备
office-visits = 今天的走访
office-matters = 事项
office-summary = 走访 { $visits } 户，收到事项 { $matters } 件
office-summary-phones = 信息员 { $officers } 人，手机 { $phones } 部
office-updated = 更新于
office-more = 还有 { $n } 次更早的走访没有列出
office-no-visits = 今天还没有走访传回来
office-no-visits-do = 手机有网络时会自动发送。等不到的话，看看下面谁的手机很久没有同步。
office-no-matters = 还没有事项
office-no-matters-do = 信息员在手机上登记的事项会出现在这里。
office-no-officers = 还没有信息员
office-no-officers-do = 请管理员先添加信息员，再给每部手机发一个登记码：
office-no-phone = 还没有登记手机
office-no-plate = 住户还没传到
office-never = 从未
office-silent = 超过 { $hours } 小时没有同步，请联系本人
office-clone = 像是有两部同样的手机在用，请核对
office-lamps = 项要留意
column-time = 时间
column-door = 门牌
column-outcome = 结果
column-note = 记录
column-officer = 信息员
column-code = 编号
column-category = 类别
column-text = 内容
column-state = 状态
column-app = 应用
column-last = 上次同步
column-lamp = 要留意
sign-in-title = 登录
sign-in-name = 姓名
sign-in-password = 密码
sign-in-go = 登录
sign-in-forgot = 忘了密码，请找管理员。
sign-out = 退出
trouble-title = 出了点问题
trouble-back = 回到今天
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
when-today = 今天 { $clock }
when-yesterday = 昨天 { $clock }
when-day = { $day } { $clock }
plate-building = { $n } 号楼
plate-stairwell = { $n } 单元
plate-floor = { $n } 层
plate-door = { $n } 号
serve-listening = 正在服务：http://{ $at }
cli = 民情办公室的服务器
cli-serve = 启动服务
cli-admin = 开设社区、人员、登记码
cli-admin-community = 社区
cli-admin-community-add = 开设社区和网格；重复执行只补缺的
cli-admin-officer = 信息员
cli-admin-officer-add = 添加信息员
cli-admin-code = 给信息员的一部手机发登记码
cli-admin-staff = 办公室人员
cli-admin-staff-add = 添加办公室人员，密码只显示一次
cli-usage = 用法
cli-commands = 命令
cli-values = 要写的
cli-options = 选项
cli-arg-help = 显示帮助
cli-arg-version = 显示版本
cli-arg-data = 数据目录
cli-arg-config = 设置文件，覆盖默认设置
cli-arg-json = 只在标准输出写一行 JSON
cli-arg-lang = 语言：zh 或 en
cli-arg-listen = 监听的地址和端口
cli-arg-code = 社区代码，12 位
cli-arg-grids = 网格个数，从 001 起
cli-arg-name = 姓名
cli-arg-community = 社区代码，12 位
cli-arg-grid-list = 网格，15 位或后三位，用逗号隔开
cli-arg-background = 来历：cadre、retiree、laid_off、ex_soldier、graduate
cli-arg-party-member = 是不是党员
cli-arg-officer = 信息员的编号，22 个字符
cli-arg-role = 岗位：C 窗口、L 社区负责人、A 管理员
cli-did-community = 社区 { $code } 已开设，新增网格 { $grids } 个。
cli-did-officer = 信息员已添加，编号 { $id }
cli-did-code = 登记码 { $code }，{ $hours } 小时内有效，只能用一次。链接：{ $link }
cli-did-staff = { $name } 可以登录了。密码（只显示这一次）：{ $password }
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
problem-route-unknown = 没有这个地址。请核对网址。
problem-route-method = 这个地址不能这样用。请更新应用后再试。
problem-server-busy = 服务器忙。什么都没有丢，请稍后再试。
problem-server-failed = 服务器出错了。什么都没有丢，请稍后再试；总是这样就联系管理员。
problem-store-failed = 服务器的数据库出错了。已收到的都在，请联系管理员。
problem-store-newer = 这份数据是更新版本的服务器写的。请更新服务器。
problem-record-unknown = 没有这条记录。请刷新后再试。
problem-record-taken = 这条记录已经有了。
problem-form-stale = 页面放得太久了。请再试一次。
problem-sign-in-wrong = 姓名或密码不对。看看大写锁是不是开着，再试一次。
problem-password-failed = 密码处理出错了。请联系管理员。
problem-community-unknown = 没有开设这个社区：{ $what }。请先用 minqing admin community add 开设。
problem-grid-unknown = 这个社区没有这个网格：{ $what }。请核对，或先增加网格。
problem-grids-count = 网格个数不对：{ $what }。请写 1 到 999。
problem-officer-unknown = 没有这位信息员：{ $what }。请核对编号。
problem-staff-taken = 这个姓名已经有人用了。请加上区分，比如工号。
problem-role-unknown = 没有这个岗位：{ $what }。请写 C、L 或 A。
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
cli-rebuild = 只凭日志重做一遍，和现有的比对
cli-arg-check = 只比对，不改动
cli-aside = 暂存的记录
cli-aside-list = 列出暂存的记录，最早的在前
cli-aside-adopt = 以信息员的名义写入一条记录的内容
cli-aside-return = 退回信息员重写
cli-arg-item = 列表里的编号：设备、开启号和序号
cli-did-aside-list = 有 { $count } 条记录暂存，等待办公室处理。
cli-did-aside-adopt = { $item }：内容已以信息员的名义入库。
cli-did-aside-return = { $item }：已通知信息员重写。
problem-aside-unknown = 没有这条暂存记录，或已经处理过：{ $what }。用 minqing aside list 查看。
problem-aside-unreadable = 这条记录读不出来，不能采纳。请退回信息员重新填写。
problem-aside-rules = 这条记录会改动只能写一次的内容，或替别人说话，不能采纳。请退回信息员。
problem-aside-place = 这条记录在该信息员的社区里没有归处。请退回信息员，或先登记这户。
error-record-unknown = 这条记录没有被暂存：{ $what }。
error-item-unreadable = 这条记录的存底读不出来，请重新填写。
cli-backup = 备份全部数据，服务器运行时也可以
cli-restore = 用备份替换数据目录；请先停止服务器
cli-arg-file = 备份文件
cli-did-backup = 已备份到 { $file }：{ $files } 个文件，{ $bytes } 字节。请妥善保管：里面有居民资料和服务器密钥。
cli-did-restore = 已恢复。手机下次连上服务器时，会把手里的记录补回来。{ $before ->
    [""] { "" }
   *[other] 原来的数据在 { $before }。
  }
problem-backup-exists = 已有同名文件：{ $what }。请换一个名字。
problem-backup-failed = 备份写不进去：{ $what }。请检查路径、权限和剩余空间。
problem-restore-running = { $what } 上有服务器在运行。请先停止它。
problem-restore-file = { $what } 不是可读的备份。什么都没有改动。
problem-restore-failed = 备份放不到 { $what }。请检查权限和剩余空间；原来的数据在旁边。
problem-start-locked = { $what } 上已有服务器在运行。请先停止它，或换一个目录。
cli-did-rebuild-good = 日志 { $rows } 行、资料 { $documents } 份，重做后完全一致。
cli-did-rebuild-bad = 日志 { $rows } 行、资料 { $documents } 份。断链 { $broken }，签名不对 { $unsigned }，读不出 { $unreadable }，资料不同 { $docs }，列表不同 { $shown }。

## 演示
demo-title = { $days } 天，{ $officers } 位信息员，{ $households } 户，种子 { $seed }
demo-walking = { $date } 第 { $officer } 位信息员
demo-visits = 走访：记下 { $recorded }，办公室 { $office }
demo-matters = 事项：记下 { $recorded }，办公室 { $office }
demo-surveys = 问卷：记下 { $recorded }，办公室汇总 { $office }
demo-conflicts = 两处同改，待核对 { $n }
demo-lost = 丢失 { $n }
demo-destroyed = 恢复旧备份毁掉的未发送记录 { $n }
demo-diverged = 手机与办公室不一致 { $n }
demo-broken = 日志缺损 { $n }
demo-traffic = 请求 { $requests } 次，上行 { $up } KB，下行 { $down } KB，用时 { $seconds } 秒
demo-good = 全部送到，一条不少。
demo-bad = 有问题：请看上面不为 0 的各行。
demo-address = 打开 { $url }/office 看看，服务器的钟停在 { $date } 18:30（虚拟时间）。数据在 { $dir }
demo-sign-in = { $role }：姓名 { $name }，密码 { $password }
demo-stop = 按 Ctrl-C 停止。
problem-challenge-unknown = 这次核对过期了。请再同步一次。
error-exchange-stale = 另一个后台任务刚同步过。请再同步一次。
quarantine-failed = 办公室的系统处理这条记录时出错，原文已留在办公室待查。
problem-envelope-unsigned = 这部手机送来太多签名不对的记录。请联系办公室。
problem-store-damaged = 数据库里有一处读不出来。已收到的都在，请联系管理员。
problem-stream-unknown = 没有这条数据流。请联系管理员。
error-grid-not-yours = 这个网格不归您走访。请选自己的网格，或请办公室调整。
problem-store-conflict = 要存的内容和已有的冲突。什么都没有丢，请联系管理员。

cli-admin-form = 问卷
cli-admin-form-add = 给社区增加一张问卷，或问卷的新版本
cli-arg-form-file = 问卷文件，JSON
cli-arg-form = 问卷编号，22 个字符；不写就列出全部
cli-survey = 汇总问卷的回答；不写编号就列出问卷
cli-did-form = 问卷已放进社区，编号 { $id }，第 { $version } 版
cli-did-form-before = 问卷 { $id } 的第 { $version } 版已经在了，没有改动
cli-survey-forms = 问卷 { $n } 张
cli-survey-form = { $form }  { $title }（第 { $version } 版）
cli-survey-head = { $title }（第 { $version } 版）：{ $n } 份
cli-survey-question = { $title }  问 { $asked } 次，答 { $answered } 次
cli-survey-choice = { $title }：{ $n }
cli-survey-number = 平均 { $mean }，最小 { $min }，最大 { $max }
cli-survey-texts = 文字 { $n } 条
problem-form-unknown = 没有这张问卷：{ $what }。用 minqing survey 看全部。
problem-form-malformed = 问卷文件读不懂，位置 { $what }。请对照 data/forms 里的样子改。
problem-form-file = 读不了这个文件：{ $what }。
office-surveys = 问卷
office-form-title = { $title }（第 { $version } 版）
office-form-filled = { $n } 份
office-answered = 答 { $answered } / 问 { $asked }
office-no-forms = 还没有问卷
office-no-forms-do = 放进一张问卷，手机下次同步就能填。
office-surveys-note = 文字只计条数；原话在走访记录里。
column-question = 题目
column-answered = 回答
column-answers = 结果
