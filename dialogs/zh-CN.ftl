# 机器人说的每一句话（简体中文）。改这里就改了机器人的话，不用改程序。
# $hotline 是服务热线（没有设置时为 none），$minutes 是承诺的分钟数；<b> 等是 Telegram 的 HTML 标记。

hotline-line = { $hotline ->
    [none] 需要人工的话，请在报修里写明，调度员会联系您。
   *[other] 服务热线：{ $hotline }
}

## 菜单与命令
welcome =
    您好，这里是报修服务。保险柜、门锁、家电出了问题，点「我要报修」，一分钟就能报完。
    { hotline-line }
welcome-admin =
    您好，您是管理员。点「设置向导」，看哪些已经设好、还差什么。
    也可以像顾客一样试着报修：点「我要报修」。
your-id = 您的用户 ID：<code>{ $id }</code>
welcome-thanks = 不客气！有需要随时发 /report 报修，或发 /status 看进度。
not-understood =
    不好意思，没明白您的意思。要报修请点下面的按钮，或直接写：哪里坏了、地址、电话。
    { hotline-line }
no-tickets = 您目前没有进行中的工单。
help =
    <b>可以这样用：</b>
    /report 报修
    /status 我的工单：进度，改电话、改地址
    /cancel 放弃正在填写的内容
    /language 语言 / Language
    /privacy 您的信息如何保管
    /mute 不接收通知，/unmute 恢复接收
    也可以直接说：密码忘了、门打不开、转人工。
    { hotline-line }
help-admin =
    <b>管理员：</b>
    /setup 设置向导：班组群、区域、热线、测试单、管理员
    /districts 服务区域 · /hotline 服务热线 · /admins 管理员
    在师傅们的群里发 /bind，群就成了班组（可以带上区域，如 /bind 兴城市 延长县，或 /bind 辽宁省）；在调度群里发 /bind desk，没有班组接的工单会到那里。
    /crew 班组：修什么、什么时候上班、几分钟内答复
    /today 今天要跟进的工单 · /queue 哪里有单在等 · /stats 服务数据
    /call 来电登记，如 /call 漏水 兴城市兴海路3号 13800000000
    /ticket 和工单号：看一张工单的经过，派给师傅、收回、转班组，如 /ticket 1024
    要取消已派出的工单，发 /cancel 和工单号，如 /cancel 1024。
    要给大家发通知，发 /broadcast：先看预览和人数，确认后才发送。

    <b>顾客：</b>
    /report 报修 · /status 我的工单 · /cancel 放弃填写 · /language 语言 · /privacy 隐私
    { hotline-line }
help-technician =
    <b>师傅：</b>
    /mine 我手上的活 · /queue 哪里有单在等
    /ticket 和工单号：看一张工单的经过，如 /ticket 1024
    回复工单卡片，就能给顾客留言；卡片上有约时间、报价、出发、完成等按钮。

    <b>自己要报修：</b>
    /report 报修 · /status 我的工单 · /cancel 放弃填写 · /language 语言 · /privacy 隐私
    { hotline-line }
help-desk =
    没有班组能接的工单、超时、顾客不满意都会发到这里，每天早上还有一份要跟进的工单。
    /today 今天要跟进的工单 · /queue 哪里有单在等 · /stats 服务数据
    私聊我：/call 来电登记；/ticket 和工单号看经过，派给师傅、收回、转班组。
help-dialog-goes-on = 刚才的问题还在，接着回答即可；不想填了就发 /cancel。
help-group = 本群的工单会发在这里，点「接单」即可。管理员用 /bind 设置本群负责的区域。
only-private = 这个命令请在和我的私聊里用。
human =
    { $hotline ->
        [none] 请直接在这里写下您的情况，提交后调度员会联系您。
       *[other] 请拨打服务热线 <b>{ $hotline }</b>，有人接听。
    }
privacy =
    <b>保存什么</b>
    只保存报修需要的内容：故障、地址、电话、称呼，还有您写的话和发来的照片、视频。内容在数据库中加密存放；照片和视频存放在 Telegram，我们只保存编号；双方同意的维修录像，另外保存发送人、时间和校验值。

    <b>谁能看到</b>
    接单之前，师傅们只看得到区县、故障、时间和打了码的电话；完整信息只给接单的师傅和调度员。

    <b>保存多久</b>
    没填完的报修：{ $session } 小时没有动静就清除。
    工单结束后：{ $card } 小时后，师傅的工单卡片上不再有您的信息；{ $media } 天后，清除照片和视频（您反映过还没修好的，和下面的内容一起清除）；{ $contact } 天后，清除电话、地址、称呼和您写的话。
    到期的内容在当天夜里统一清除。之后只留下工单号、区县、故障和时间，用来统计服务质量。

    <b>想查看、更正或提前删除</b>
    请告诉调度员，会有人为您处理。
    { hotline-line }
unknown-command = 没有这个命令。发 /help 看看能做什么。
command-foreign = 转发、引用或写给别的机器人的命令不会执行，请直接发送。
nothing-to-cancel = 现在没有正在填写的内容。要取消已提交的工单，请发 /status，在工单卡片上点「取消工单」。
correct-on-card = 要修改电话或地址，请发 /status，在工单卡片上修改。
language = 请选择语言 / Please choose a language
language-zh-CN = 中文
language-en = English
language-set = 好的，以后用中文。
too-fast = 您发得太快了，刚才这条没有收下。请稍等几秒再发一次。
session-lost = 抱歉，刚才填写的内容读不出来了，请重新填一次。
try-again = 暂时查不到您是否在群里，请稍后再试。
old-button = 这个按钮已经失效。发 /status 查看最新的工单。
button-answered = 这个问题已经答过了，请看最下面的问题。
edited-ignored = 修改过的消息不会重新读取。要改答案，请点「返回」，或在最后核对时修改。
unexpected = 这里用不上这种消息。
which-ticket = 您有几张工单，请「回复」对应的工单卡片，我就知道是哪一张。
dialog-running = 刚才的内容还没填完，接着来：
dialog-first = 请先填完正在进行的内容，或发 /cancel 放弃。
too-many-open = 您已有三张进行中的工单，办完一张才能再报。有急事请联系我们。{ hotline-line }
words = { $words }

## 按钮
button-report = 我要报修
button-status = 我的工单
button-language = English / 中文
button-back = ‹ 返回
button-skip = 跳过
button-cancel = 取消
button-cancel-report = 放弃报修
button-submit = 提交报修
button-edit = 改{ $field }
button-change = 不对，修改地址
button-neither = 都不是
button-other-address = 都不是，重新输入
button-no-street = 就这些，没有门牌号
button-enough = 发完了，下一步
button-location = 📍 发送我的位置
button-contact = 📱 用我的手机号
button-claim = 接单
button-release = 退回
button-called = 已联系顾客
button-no-answer = 打不通
button-done = 完成
button-media = 看照片和文件
button-media-location = 看照片和位置
button-location-shown = 看位置
button-confirm = 已修好
button-not-fixed = 还没修好
button-cancel-ticket = 取消工单
button-correct-phone = 改电话
button-correct-address = 改地址
button-hand = 转给班组
button-answer = 答复顾客
button-close = 办结
button-assign = 派给师傅
button-assign-to = { $technician }（{ $jobs } 单）
button-take-back = 收回
button-show = { $ticket }

## 对话通用
gap = {""}
noted = 好的。
skipped = 已跳过。
neither = 好，那请重新选一个，或换个说法。
cannot-skip = 这一项必须填写。
first-question = 这已经是第一个问题了。
restarted = 好，从头开始。
offer-human = 别着急，说不清也没关系。{ hotline-line }
choice-mean = 您说的是下面哪一种？
cancelled = 已放弃，没有提交任何内容。要重新报修，随时发 /report。
cancelled-other = 好的，没有改动。
cancelled-rest = 好的，其余的不改了，已经改好的不变。
review-sent = ✓ 已提交
review-buttons = 请核对后点「提交报修」，要修改就点对应的按钮。
remind = 您的报修还没有提交。接着回答上面的问题就好；不需要了请发 /cancel。
remind-other = 刚才的内容还没填完。接着回答就好；不需要了请发 /cancel。
expired = 太久没有收到回复，这次填写已结束，没有提交。需要时再发 /report。
field = { $label }：{ $value }
field-changed = { $label }改为：{ $value }
empty = —
files = { $count } 个文件
words-files = { $words }（{ $count } 个文件）
files-more = 已收到 { $count } 个文件。可以继续发，或补充一句话；发完请点下面的按钮。
files-full = 最多 { $most } 个文件，多出来的没有保存。
file-added = 文件已加到报修里。
phone-area-code = 固定电话请带上区号，例如 0429-5123456。
phone-invalid = 这个号码好像不对。手机请写 11 位，固定电话带区号，国外号码以 + 开头。
phone-kept = 电话已记下。
phone-of-other = 已记下{ $name }的电话：{ $phone }

## 地址
address-again = 没找到这个地方。请写上市、区县和街道门牌，例如：辽宁兴城市兴海路3号。也可以用下面的按钮发送位置。
address-several = 有几个地方叫这个名字，您在哪一个？
address-missing = 已找到{ $area }。是下面哪个区县（或镇）？可以点按钮，也可以直接写。
address-missing-write = 已找到{ $area }。请再写出是哪个区县（或镇）。
address-which = 您在下面哪个区县？
address-street = 已找到{ $area }。请再写街道和门牌号（或小区、楼栋）。
address-near = 您的位置在{ $area }附近。请写下完整地址：区县、街道和门牌号。
address-changed = 地址改为：
address-served =
    📍 { $address }
    在我们的服务区域内。
address-unserved =
    📍 { $address }
    这里目前不在我们的服务区域，但我们照样受理：调度员会联系您，看能怎么帮忙。
address-unknown =
    📍 { $address }
    还不能确定这里是否在服务区域，但我们照样受理：调度员会核实并联系您。
address-taken =
    📍 { $address }
    没能对上具体区县，就按您写的记下了，调度员会核实。

## 报修
report-fault = <b>哪里出了问题？</b>请选一项，或者直接用自己的话说。
report-fault-again = 没听明白。请从按钮里选最接近的一项，或换个说法，例如：密码忘了。
report-destination = 要做什么？搬运请写搬到哪里，安装请写安装什么。
report-destination-again = 请写几个字，例如：搬到同城另一处；安装新保险柜。
report-problem = 请描述一下情况，也可以发照片、视频或语音（最多 10 个）。不方便就点「跳过」。
report-address = <b>请告诉我地址</b>，想怎么写就怎么写，例如：兴城市兴海路3号2单元501。
report-phone = <b>留一个联系电话</b>，可以是别人的；也可以带上称呼，例如：13800000000 王女士。
report-phone-again = 这里需要一个电话号码，例如 13800000000 或 0429-5123456。
report-name = 请问怎么称呼您？
report-name-again = 请写姓名或称呼，例如：王女士。
report-when = <b>什么时候方便？</b>也可以直接写时间，例如：周六下午。
report-review =
    <b>请核对：</b>
    { $fields }

    没问题就点「提交报修」。
label-fault = 故障
label-destination = 搬运或安装
label-problem = 情况
label-address = 地址
label-phone = 电话
label-name = 称呼
label-when = 时间
label-district = 区域
label-promise = 承诺响应
label-files = 照片和文件
label-typed = 顾客原话
label-doubt = 地址识别（请核对）
label-outcome = 说明
label-reason = 原因
label-opens = 等班组上班
label-faults = 故障
label-langs = 语言
label-hours = 上班时间
label-holidays = 特殊日期
label-minutes = 答复时限
label-days = 日期
label-crew = 班组

## 时间
when-asap = 尽快（{ $minutes } 分钟内答复）
when-soon = 尽快联系我
when-today = 今天
when-tomorrow = 明天
when-time = 指定时间
when-type = 请直接输入，例如：周六下午三点以后
when-own-words = 顾客指定了时间（接单后可见）

## 故障
faults-wont_open = 打不开
faults-code_forgotten = 密码忘了
faults-key_lost = 钥匙丢了或断了
faults-electronic_dead = 电子锁没反应
faults-alarm = 报警响不停
faults-handle = 把手或合页坏了
faults-lock_change = 换锁、换锁芯
faults-move = 搬运或安装
faults-appliance_dead = 家电不工作
faults-leak = 漏水
faults-noise = 有异响
faults-trapped = ‼ 有人被困
faults-smoke = ‼ 冒烟、漏电、漏气
faults-breakin = ‼ 被撬、被盗
faults-other = 其他问题
faults-trapped-danger =
    ‼ <b>有人被困，请先拨 119。</b>有人受伤或不舒服，拨 120。
    { hotline-line }
    报修请继续填，一提交我们就通知师傅。
faults-smoke-danger =
    ‼ <b>请先离开危险处，拨 119。</b>能安全做到的话，关掉电源或燃气总阀。
    { hotline-line }
    报修请继续填，一提交我们就通知师傅。
faults-breakin-danger =
    ‼ <b>请先拨 110 报警</b>，不要进屋，也不要碰现场。
    { hotline-line }
    报修请继续填，一提交我们就通知师傅。

## 工单卡片
card-title = <b>工单 { $ticket }</b> · { $at }
card-title-danger = ‼ <b>工单 { $ticket }</b> · { $at }
card-moved = 工单 { $ticket } 已转给别处。
card-taken-elsewhere = 工单 { $ticket } 已由「{ $crew }」接走。
card-released = 工单 { $ticket } 已退回，详细信息已收回。
card-lapsed = 工单 { $ticket } 没有及时联系顾客，已重新派出，详细信息已收回。
card-taken-back = 工单 { $ticket } 已由调度收回，详细信息已收回，不用去了。
card-left-group = 您已离开班组群，工单 { $ticket } 已重新派出，详细信息已收回。
place-unknown = 待核实
served-yes = 在服务区域内，但没有班组负责这里
served-closed = 在服务区域内，负责这里的班组都在休息
served-no = 不在服务区域内，请联系顾客
served-unknown = 是否在服务区域：待核实
danger-crew = ‼ 危险情况，请优先处理
next-promised = 接下来：我们会打电话联系您，最晚 { $by } 给您答复。
next-late = 接下来：比承诺的 { $by } 晚了，抱歉。调度员正在催，会尽快给您答复。
next-planned = 接下来：师傅接单后会打电话联系您，约定上门时间。
next-opens = 接下来：师傅 { $at } 上班，届时第一时间为您安排。
next-desk = 接下来：调度员会联系您，看能怎么帮忙。
status-customer-open = 状态：等待接单
status-customer-desk = 状态：调度员处理中
status-customer-claimed = 状态：{ $technician }已接单（{ $at }），电话 { $phone }
status-customer-done = 状态：师傅已完成，说明：{ $outcome }
status-customer-closed = 状态：已办结
status-customer-cancelled = 状态：已取消，原因：{ $outcome }
status-crew-open = 状态：待接单
status-crew-claimed = 状态：{ $technician }已接单（{ $at }）
status-crew-done = 状态：{ $technician }已完成
status-crew-closed = 状态：已办结
status-crew-cancelled = 状态：已取消
status-desk-open = 状态：待处理
status-desk-claimed = 状态：{ $technician }已接单（{ $at }），电话 { $phone }
status-desk-done = 状态：{ $technician }已完成，说明：{ $outcome }
status-desk-closed = 状态：已办结，说明：{ $outcome }
status-desk-cancelled = 状态：已取消，原因：{ $outcome }
status-technician-open = 状态：待接单
status-technician-claimed = 状态：您已接单（{ $at }）。请先给顾客打电话，然后点「已联系顾客」。
status-technician-contacted = 状态：您已接单，{ $at } 已联系顾客。
status-technician-unreached = 状态：您已接单，{ $at } 没打通，已请顾客回电。
status-technician-unreached-phone = 状态：您已接单，{ $at } 没打通，已告诉调度。
status-technician-done = 状态：您已完成，说明：{ $outcome }
status-technician-closed = 状态：已办结
status-technician-cancelled = 状态：已取消，原因：{ $outcome }
status-blanked-done = 状态：已完成
status-blanked-closed = 状态：已办结
status-blanked-cancelled = 状态：已取消
blanked = 保存期限已到，顾客的电话、地址、照片和留言都已清除。
blanked-customer = 保存期限已到，您的电话、地址、照片和留言都已清除。
blanked-technician = 工单已经结束，这里不再显示顾客的信息。
ticket-over = 工单 { $ticket } 已经结束，或现在不能这样操作。
no-such-ticket = 没有这张工单。

## 接单
claim-won = 接单成功：{ $ticket }。详细信息已发到私聊。
claim-already-yours = { $ticket } 已经是您的了，详细信息在私聊里。
claim-taken = { $ticket } 已被{ $technician }在 { $at } 接走。
claim-not-yours = 只有本班组群的成员才能接这张单。
claim-elsewhere = 这张单已经不在本群：可能被别的班组接走，或者转走了。
claim-full = 您手上还有 { $jobs } 张单，先完成或退回一张再接。
claim-cooling = 您今天退回的单比较多，{ $until } 后可以再接单。危险工单不受限制。
claim-register = 第一次接单，请到私聊里登记称呼和电话。
claim-dialog-running = 请先填完或取消（/cancel）正在进行的内容，再接单。
go-on-in-private = 请到私聊里继续。
technician-name = 第一次接单，请先登记。<b>顾客怎么称呼您？</b>例如：李师傅。
technician-name-again = 请写顾客怎么称呼您，例如：李师傅。
technician-phone = <b>您的工作电话？</b>接单后顾客会看到。
technician-phone-again = 这里需要一个电话号码，例如 13800000000。
registered = 已登记，正在为您接单……
released-toast = { $ticket } 已退回。
group-released = 工单 { $ticket } 被{ $technician }退回，请重新接单。
group-released-why = 工单 { $ticket } 被{ $technician }退回（{ $why }），请重新接单。
group-lapsed = 工单 { $ticket }：{ $technician }一直没有联系顾客，请重新接单。
group-taken-back = 工单 { $ticket } 由调度收回，请重新接单。
release-reason = 为什么退回？选一项，或者写一句。顾客看不到原因。
release_reasons-far = 太远
release_reasons-busy = 时间排不开
release_reasons-trade = 修不了
release_reasons-parts = 缺配件
release_reasons-unreachable = 联系不上顾客
release_reasons-other = 其他原因
release_reasons-type = 请写一句原因。

## 承诺与联系
promise-by = { $by }
promise-late = { $by }（已超时）
promise-kept = { $by }，提前 { $minutes } 分钟联系了顾客
promise-missed = { $by }，晚了 { $minutes } 分钟才联系顾客
promise-paused = 暂停计时，等顾客回复
promise-warn-open = 工单 { $ticket } 还没人接，离承诺的答复时间还有 { $minutes } 分钟。
promise-warn-claimed = 工单 { $ticket }：{ $technician }还没有联系顾客，离承诺的答复时间还有 { $minutes } 分钟。
promise-warn-yours = 工单 { $ticket }：请联系顾客，离承诺的答复时间还有 { $minutes } 分钟。
promise-truth-open = 工单 { $ticket }：我们答应 { $by } 前答复您，现在还没有师傅接单，可能会晚一些，很抱歉。我们正在催。{ hotline-line }
promise-truth-claimed = 工单 { $ticket }：我们答应 { $by } 前答复您，{ $technician }已接单，但可能会晚一点联系您，很抱歉。您也可以直接拨打 { $phone }。{ hotline-line }
promise-truth-open-late = 工单 { $ticket }：我们答应 { $by } 前答复您，没有做到，现在还没有师傅接单，很抱歉。我们正在催。{ hotline-line }
promise-truth-claimed-late = 工单 { $ticket }：我们答应 { $by } 前答复您，没有做到，很抱歉。{ $technician }已接单，会尽快联系您，您也可以直接拨打 { $phone }。{ hotline-line }
promise-over-open = ‼ 工单 { $ticket } 已超过承诺时间{ $minutes ->
    [0] {""}
   *[other] { " " }{ $minutes } 分钟
}，还没人接单，请马上处理。
promise-over-claimed = ‼ 工单 { $ticket } 已超过承诺时间{ $minutes ->
    [0] {""}
   *[other] { " " }{ $minutes } 分钟
}，{ $technician }（{ $phone }）还没有联系顾客，请马上处理。
promise-over-yours = ‼ 工单 { $ticket } 已超过承诺时间，请马上联系顾客。
lease-ask =
    工单 { $ticket }：您联系顾客了吗？
    { $by } 前没有回音，这张单会重新派出。
contact-noted = { $ticket }：已记下，您已联系顾客。
contact-known = { $ticket }：已经记下了。
contacted-called = 打电话联系了顾客
contacted-written = 发消息联系了顾客
contacted-visited = 已上门见到顾客
unreached-noted = { $ticket }：已请顾客回电，顾客回复前不计时。
unreached-known = { $ticket }：已经请顾客回电了。
told-unreached = 工单 { $ticket }：{ $technician }打您的电话 { $own } 没打通。请回电 { $phone }，或在这里回复一句；号码有误请点下面的按钮。
told-relay =
    工单 { $ticket }，{ $technician }：
    { $words }
relay-sent = 已转给顾客（{ $ticket }）。
relay-words-only = 这里只能转文字给顾客。
danger-alert = <b>危险工单 { $ticket }</b>：{ $fault }，请马上处理！

## 进展
told-claimed = 工单 { $ticket }：{ $technician }已接单，会尽快联系您，电话 { $phone }。
told-released = 工单 { $ticket }：要换一位师傅，我们正在重新安排。
told-done =
    工单 { $ticket }：师傅说已经完成。
    说明：{ $outcome }
told-done-answered =
    工单 { $ticket }：师傅说已经完成。
    说明：{ $outcome }
    您点了「{ $answer }」。
told-confirmed = 工单 { $ticket }：顾客确认已修好，辛苦了。
told-not-fixed = 工单 { $ticket }：顾客说还没修好，请联系顾客。详细信息在上面的卡片里。
told-cancelled = 工单 { $ticket } 已被取消。原因：{ $why }。如有疑问请联系我们。{ hotline-line }
told-cancelled-technician = 工单 { $ticket } 已取消，不用去了。原因：{ $why }
told-closed = 工单 { $ticket } 已办结。说明：{ $why }
told-answer =
    工单 { $ticket }，调度员答复：
    { $words }
told-note = 工单 { $ticket }：顾客补充了情况，请看上面的卡片。
told-file = 工单 { $ticket }：顾客又发来了文件，请在上面的卡片里查看。
told-corrected = 工单 { $ticket }：顾客改了电话或地址，请看上面的卡片。
told-corrected-district = ‼ 工单 { $ticket }：地址换到了别的区县，请看上面的卡片；去不了请点「退回」。
customer-gone = 工单 { $ticket }：顾客停用了机器人，收不到消息；请接单的师傅直接打电话。
done-thanks = 工单 { $ticket } 已完成，已请顾客确认。
done-thanks-phone = 工单 { $ticket } 已完成。顾客收不到消息，请当面或打电话请顾客确认；没修好请告诉调度。
confirmed-thanks = 谢谢您的确认，工单 { $ticket } 已办结。
not-fixed-taken = 抱歉。工单 { $ticket } 已重新打开，已通知师傅。
note-passed = 已转告师傅（{ $ticket }）。
note-kept = 已补充到工单 { $ticket }。
cancelled-ticket = 工单 { $ticket } 已取消。
closed-ticket = 工单 { $ticket } 已办结，已告诉顾客。
corrected = 工单 { $ticket } 已更新。
done-outcome = 做了什么？请写一句，顾客会看到，例如：更换锁芯，测试正常。
done-outcome-again = 请写一句做了什么。
cancel-outcome = 为什么取消？请写一句原因。
cancel-outcome-again = 请写一句原因。
not_fixed-problem = 还有什么问题？写一句给师傅，或点「跳过」。
not_fixed-problem-again = 请写一句，或点「跳过」。
correct_phone-phone = 请发新的联系电话。
correct_phone-phone-again = 这里需要一个电话号码，例如 13800000000。
correct_address-address = 请发新的地址，例如：兴城市兴海路3号。
answer-outcome = 写给顾客的话：
answer-outcome-again = 请写一句话。
answer-sent = 已发给顾客（{ $ticket }）。
close-outcome = 办结说明（顾客会看到）：
close-outcome-again = 请写一句说明。

## 调度与班组
hand-which = 把 { $ticket } 转给哪个班组？
hand-no-crew = 还没有班组。请管理员把我加进师傅们的群并发送 /bind。
assign-which = { $ticket } 派给哪位师傅？括号里是手上的单数。
assign-nobody = 这个班组还没有别的师傅接过单。可以转给其他班组，或请师傅在群里接单。
assign-not-member = { $technician }已不在这个班组群里。
assign-unreachable = { $technician }停用了机器人，收不到工单，请打电话：{ $phone }
assign-has-it = 这张单已经在{ $technician }手上。
assigned = { $ticket } 已派给{ $technician }。
taken-back = { $ticket } 已收回，重新派出。
told-assigned = 调度把工单 { $ticket } 派给了您，请看上面的卡片。去不了请点「退回」。
handed = { $ticket } 已转给{ $crew }。
# 看板：单子来得太快时，群里不再一单一卡，合成一张看板；私聊里可以翻看全部。
board-title = <b>接单看板</b> · 共 { $total } 单待接
board-hint = 单子来得太快，这里只列最急的 { $shown } 单；点最下面的按钮，在私聊里看全部、接单。
board-line = <b>{ $ticket }</b> · { $place } · { $fault } · { $due }
board-line-danger = ‼ <b>{ $ticket }</b> · { $place } · { $fault } · { $due }
board-by = { $by } 前答复
board-late = 已超时（{ $by }）
board-planned = 时间另约
button-claim-one = 接单 { $number }
button-queue = 查看全部 { $total } 单
queue-title = <b>{ $crew }</b> · 共 { $total } 单待接 · 第 { $page }/{ $pages } 页
queue-empty = <b>{ $crew }</b> · 现在没有待接的工单。
queue-desk = 调度台
queue-overview = <b>待接的工单</b>
queue-line = { $crew }：{ $total } 单
queue-line-late = { $crew }：{ $total } 单，其中 { $late } 单已过承诺时间
queue-no-crew = 您最近没有在哪个班组接过单。请到班组群里发 /queue 查看。
queue-in-group = 点下面的按钮，在私聊里查看本班组待接的工单。
button-queue-open = 查看待接工单
button-queue-of = { $crew }（{ $total }）
board-contacted = 已联系顾客
mine-title = <b>您手上有 { $count } 张单</b>
mine-empty = 您手上没有工单。
queue-not-yours = 只有本班组群的成员和调度员才能看。
button-page-again = 刷新
button-page-last = 最后一页 »

bind-anonymous = 您是匿名管理员，我认不出您。请在「管理员权限」里关闭「匿名」，再发一次 /bind。
bind-only-admin = 只有报修服务的管理员可以设置班组。
bind-make-administrator = 请先在群设置里把我设为管理员（不需要任何特别权限），再发一次 /bind。设为管理员后，我才能知道谁退了群。
bind-unknown-area = 没找到「{ $words }」，这次没有设置。请换个写法，最好写全名，例如 <code>/bind 辽宁省葫芦岛市兴城市</code>。负责所有服务区域就发 /bind。
bind-several-areas = 叫「{ $words }」的地方不止一个，这次没有设置。请选一行，点一下复制，再发到本群：
bind-command = <code>/bind { $areas }</code>
bind-try-again = 暂时查不到我是不是本群管理员，请稍后再发一次 /bind。
bind-in-group = 请在班组群里发送 /bind。
bound-all = ✓ 本群已设为班组，负责所有服务区域。新工单会发在这里。
bound-areas = ✓ 本群已设为班组，负责 { $count } 个区域：{ $areas }
bound-all-in-vain = ✓ 本群已设为班组，负责所有服务区域。
bound-not-served = ⚠ 不在服务区域内：{ $areas }。那里的报修会发到本群，但顾客会看到「不在服务区域」。要服务那里，请管理员私聊我发 /districts，点「添加地区」。
bound-none-served = ⚠ 现在没有服务任何地区，本群收不到工单。请管理员私聊我发 /districts，点「添加地区」。
bound-also-all = 「{ $crew }」也负责所有服务区域：新工单会同时发到两个群，先接先得。要轮流派单或分工，请管理员私聊我发 /crew。
bound-also = 「{ $crew }」也负责：{ $areas }。那里的新工单会同时发到两个群，先接先得。要轮流派单或分工，请管理员私聊我发 /crew。
bound-turns-all = 「{ $crew }」也负责所有服务区域：新工单轮流派给各班组，10 分钟没人接就轮到下一个。
bound-turns = 「{ $crew }」也负责：{ $areas }。那里的新工单轮流派给各班组，10 分钟没人接就轮到下一个。
bound-desk = ✓ 本群已设为调度台。没有班组负责的工单会发在这里。在这里发 /help 看看能做什么。

## 班组
crew-list = <b>班组</b>
    点班组，设置它修什么、什么时候上班。区域在班组群里用 /bind 设置。
crew-none = 还没有班组。请把我加到班组群里，再在群里发 /bind。
crew-at-once = 几个班组负责同样的区域和故障时：同时发给这些班组，先接先得。
crew-turns = 几个班组负责同样的区域和故障时：轮流派单，10 分钟没人接就轮到下一个班组。
button-crew-turns = 改为轮流派单
button-crew-at-once = 改为同时发、先接先得
crew-title = <b>{ $crew }</b>
crew-all-areas = 所有服务区域
crew-all-faults = 全部
crew-all-langs = 不限
crew-open = 现在：上班
crew-opens = 现在：休息，{ $at } 上班
crew-never = 现在：休息，最近两个月都不上班
crew-minutes = { $minutes } 分钟
crew-hint = 派单顺序：先看区域远近，再看是否专修这种故障，再看语言；休息的班组不派。都休息时，工单在调度台等最早上班的班组。
crew-kept = 已保存。
crew-gone = 这个班组已经不在了。
crew-unreadable = 没看懂，请再写一次。
button-on = ✓ { $what }
button-off = { $what }
button-crew-faults = 故障
button-crew-hours = 上班时间
button-crew-days = 特殊日期
button-crew-promise = 答复时限
button-crew-all = ‹ 所有班组
button-crew-back = ‹ 返回
button-crew-type = 自己写
button-crew-today = 今天休息
button-crew-add = 添加日期
button-crew-drop = 删除 { $from } 至 { $to }
button-crew-drop-one = 删除 { $from }
button-crew-usual = 按默认（{ $minutes } 分钟）
crew-faults = 「{ $crew }」修哪些？点一下选中，再点取消；一个都不选就是全部。
crew-hours = 「{ $crew }」什么时候上班？现在是：
crew-days = 「{ $crew }」的特殊日期：
crew-days-none = 「{ $crew }」没有设特殊日期。
crew-promise = 「{ $crew }」要在多少分钟内接单并联系顾客？
hours-always = 全天，每天
hours-8-18 = 每天 8:00–18:00
hours-9-21 = 每天 9:00–21:00
hours-mon-sat = 周一至周六 9:00–18:00
hours-line = { $days } { $hours }
weekday-0 = 周一
weekday-1 = 周二
weekday-2 = 周三
weekday-3 = 周四
weekday-4 = 周五
weekday-5 = 周六
weekday-6 = 周日
weekday-all = 每天
weekdays = { $from }至{ $to }
holiday-one = { $from } { $hours }
holiday-several = { $from } 至 { $to } { $hours }
holiday-closed = 休息
crew_hours-hours = <b>什么时候上班？</b>例如：周一至周五 9:00-18:00，周六 10-16。没写到的日子就是休息。
crew_hours-hours-again = 请写上班时间，例如：每天 8-20。
crew_days-days = <b>哪几天休息，或者改时间？</b>例如：10.1-10.7 休息；2027-02-10 10:00-16:00。
crew_days-days-again = 请写日期，例如：10.1-10.7 休息。
added-administrator = 大家好。请报修服务的管理员在这里发送 /bind，本群就成为班组（/bind desk 为调度台）。
added-member = 大家好。请先把我设为管理员，再由报修服务的管理员发送 /bind。
added-not-administrator = 我已进入「{ $crew }」，但还不是管理员，所以还不能设为班组。请在群设置 → 管理员里添加我（不需要任何特别权限），再到群里发送 /bind。
group-barred = 我在「{ $crew }」里发不了消息，该群的工单已转到其他班组或调度台。请在群设置里允许我发言（设为管理员即可），再到群里发一次 /bind。
group-lost = 我已被移出「{ $crew }」，该群的工单已转到其他班组或调度台。
group-tickets = 转到调度台的工单：{ $tickets }

## 数据与工单经过
stats-title = <b>服务数据</b> · { $day }{ $at }
stats-now = 进行中 { $open } 单，其中无人接单 { $unclaimed } 单
stats-today = <b>今天</b>
stats-week = <b>近 7 天</b>（含今天）
stats-new = 新报修：{ $new }
stats-ended = 已结束：{ $ended }
stats-with-cancelled = { $ended }（其中取消 { $cancelled }）
stats-median = 半数在 { $span }内接单
stats-p90 = 九成在 { $span }内接单
stats-kept = 在承诺时间内联系顾客：{ $share }
stats-share = { $percent }%（{ $kept }/{ $decided }）
stats-minutes = { $count } 分钟
ticket-which = 请带上工单号，例如 /ticket 1024。
history-title = <b>工单 { $ticket } 的经过</b>
history-earlier = 更早的 { $count } 条没有列出
history-line = { $at } · { $who }：{ $what }
history-line-note = { $at } · { $who }：{ $what }：「{ $note }」
history-program = 系统
history-customer = 顾客
history-admin = 管理员
history-dispatcher = 调度
event-submitted = 提交报修
history-trial = 发出测试单
event-claimed = 接单
event-released = 退回
history-released = 退回（{ $why }）
history-assigned = 派给{ $technician }
event-assigned = 派给师傅
event-taken_back = 收回工单
event-lapsed = 没有及时联系顾客，重新派出
event-done = 完成
event-confirmed = 确认已修好
event-not_fixed = 反映还没修好
event-cancelled = 取消工单
event-closed = 办结工单
event-answered = 答复顾客
event-corrected = 修改电话或地址
event-note = 补充情况
event-handed = 转给班组
history-handed = 转给「{ $crew }」
event-to_desk = 转到调度台
event-left = 师傅离开了班组群
event-overdue = 过了承诺时间
event-contacted = 联系了顾客
event-unreached = 没打通顾客的电话
event-relayed = 发消息给顾客

## 命令菜单
command-report = 报修
command-status = 我的工单
command-cancel = 放弃填写
command-help = 帮助
command-language = 语言 / Language
command-privacy = 隐私
command-stats = 服务数据
command-ticket = 按工单号查工单
command-mine = 我的活：手上的工单
command-queue = 待接的工单
command-setup = 设置向导
command-crew = 班组：故障、上班时间、派单方式
command-districts = 服务区域
command-hotline = 服务热线
command-admins = 管理员

## 管理员
about = 报修、保修：保险柜、门锁、家电出了问题，在这里一分钟报完，随时看进度。点「开始」，再点「我要报修」。
about-short = 报修服务：一分钟报修，随时看进度。
admin-first = 您现在是管理员，刚才的链接已失效。跟着下面的向导做，几分钟就能开始接单。
admin-now = 您现在是管理员，刚才的链接已失效。向导可以看到哪些已经设好。
admin-already = 您已经是管理员了，这个链接没有用掉，可以发给别人。
admin-joined = { $who } 成了管理员，是 { $inviter } 邀请的。不认识的话，请发 /admins 移除。
admin-joined-yours = { $who } 接受您的邀请，成了管理员。不认识的话，请发 /admins 移除。
link-dead = 这个链接已用过或已过期，请向管理员要一个新的。
admins-title = <b>管理员</b>（{ $count } 人）
admins-line = • { $who }
admins-line-self = • { $who }（您）
admins-line-appointed = • { $who }，由 BAOXIU_ADMINS 指定
admins-line-self-appointed = • { $who }（您），由 BAOXIU_ADMINS 指定
invite-link =
    把下面的链接发给新管理员。只能用一次，{ $until } 前有效；谁先打开，谁就是管理员。
    { $link }
dismiss-sure = 确定不再让 { $who } 当管理员？
dismiss-self-sure = 确定自己不再当管理员？之后要别的管理员邀请才能回来。
dismiss-last = 至少要有一位管理员。请先邀请一位。
dismiss-gone = 这个人已经不是管理员了。
dismiss-appointed = 这位管理员由 BAOXIU_ADMINS 指定，在这里移除不了：请从那里去掉这个 ID、重启，再回来移除。
dismissed-self = 您不再是管理员了。
dismissed-you = 您不再是管理员了。
dismissed-left = { $who } 不再当管理员了。
dismissed-told = { $by } 移除了管理员 { $who }。
demoted = 我在「{ $crew }」不再是管理员了。请在群设置 → 管理员里重新添加我（不需要任何特别权限）：设为管理员后，我才能知道谁退了群。
button-dismiss = 移除 { $who }
button-dismiss-sure = 确定移除
button-invite = 邀请管理员
button-admins = 管理员名单

## 设置向导
guide-title = <b>设置向导（{ $step }/{ $steps }）</b>
guide-title-done = <b>设置完成，可以接单了</b>
guide-line = { $mark } { $part }：{ $state }
guide-name-groups = 班组群
guide-name-districts = 服务区域
guide-name-hotline = 服务热线
guide-name-trial = 测试单
guide-name-admins = 管理员
guide-state-districts = { $count } 个地区
guide-state-hotline = { $hotline }
guide-state-trial = 已走通
guide-state-trial-sent = 已发出，等师傅接单
guide-state-trial-claimed = 师傅已接单，等师傅点「完成」
guide-state-admins = { $count } 人
guide-groups =
    点下面第一个按钮，选师傅们的群，确认后我就进群当管理员。不需要任何特别权限，只是这样才知道谁离开了群。
    群里出现「✓ 本群已设为班组」就好了；没有出现，就请您在群里发 /bind。
    有调度群的话，用第二个按钮；没有也行，班组接不了的工单会直接发给管理员。
guide-districts = 开始时已经填好一份名单，点「查看名单」就能看到。要增减就点按钮、写地名，省、市、区县都行，马上生效；只做一小片的话，点「只留…」。
guide-hotline = 顾客遇到困难时会看到这个号码。
guide-trial = 发一张测试单到班组群：请师傅接单、点「完成」，看看每一步是不是都通。测试单不算数，走完后自动删除。
guide-admins = 多一位管理员，更稳妥。链接只能用一次，24 小时内有效。
guide-done = 要改什么，点下面的按钮；也可以随时发 /setup。
button-guide = 设置向导
button-add-crew = 把我加进班组群
button-add-desk = 把我加进调度群
button-serve = 添加地区
button-unserve = 删除地区
button-districts = 查看名单
button-keep = 只留…
button-clear = 全部清空
button-clear-sure = 确定清空
button-that-is-all = 就这些
button-page-before = ‹ 上一页
button-page-after = 下一页 ›
button-page-back = ‹ 返回
button-as-it-is = 就是这些
button-hotline = 设置热线
button-trial = 发一张测试单
button-end-trial = 删除测试单
button-later = 以后再说
button-part-before = ‹ 上一步
button-part-after = 下一步 ›
districts-title =
    <b>服务区域</b>（{ $count } 个地区）
    { $each }
districts-none = ⚠ 现在没有服务任何地区：顾客报修时会看到「不在服务区域」，工单只会转给调度员（点名负责那里的班组除外）。请点「添加地区」。
districts-page = <b>服务区域</b>（共 { $count } 个地区，第 { $page } / { $pages } 页）
districts-page-line = <b>{ $province }</b>：{ $areas }
districts-ask-clear = 确定清空全部 { $count } 个地区吗？清空后，在添加新的地区之前，哪里的报修都算「不在服务区域」。
districts-cleared = ✓ 已清空。
districts-kept = ✓ 已保留您写的地区，其余 { $count } 个地区不再服务。
districts-noted = 已记下：{ $areas }
areas-unknown = 没找到：{ $words }。请换个写法，最好写全名，例如：辽宁省葫芦岛市兴城市。
areas-which = 有 { $count } 个地方叫「{ $words }」，是哪一个？点按钮，或者写全名。
areas-long = 一次写得太多了，请分几次写。
areas-which-later = 之后还要选：{ $words }。
districts-added = ✓ 已添加 { $count } 个地区：{ $areas }
districts-added-none = 本来就在服务区域内，不用添加：{ $areas }
districts-removed = ✓ 已删除 { $count } 个地区：{ $areas }
districts-removed-none = 本来就不在服务区域名单上，不用删除：{ $areas }
serve-areas = 从现在起还服务哪些地区？写地名，可以一次写几个，例如：兴城市 延长县，或 辽宁省。
serve-areas-again = 请写地名，例如：兴城市。
unserve-areas = 不再服务哪些地区？写地名，可以一次写几个，例如：兴城市 延长县，或 辽宁省。
unserve-areas-again = 请写地名，例如：兴城市。
keep-areas = 只留哪些地区？写地名，可以一次写几个，例如：兴城市 延长县，或 辽宁省。全部写清楚、您确认以后才会改。
keep-areas-again = 请写地名，例如：兴城市。
keep-sure = <b>只留这些，其余地区都不再服务，可以吗？</b>
keep-sure-again = 请点「只留这些」，不改就点「取消」。
keep_sure-yes = 只留这些
label-sure = 确认
label-areas = 地区
hotline-hotline =
    { $hotline ->
        [none] 现在没有服务热线。
       *[other] 现在的服务热线：<b>{ $hotline }</b>
    }
    请发新的号码，例如 400-800-1234。不设热线就发「跳过」。
hotline-hotline-again = 这个号码拨不通。可以写 400-800-1234、13800000000、95588、12345，或带区号的 0429-5123456；有分机就写 0411-1234567转801。
label-hotline = 服务热线
hotline-set = { $hotline ->
    [none] ✓ 现在没有服务热线。
   *[other] ✓ 服务热线已设为 <b>{ $hotline }</b>，马上生效。
}

## 测试单
card-title-trial = 🧪 <b>测试 TEST</b> · 工单 { $ticket } · { $at }
status-trial-open = 状态：待接单
status-trial-claimed = 状态：{ $technician }已接单（{ $at }）
trial-crew = 这是测试，没有顾客，不用上门。请一位师傅点「接单」，再点「完成」。
trial-technician = 这是测试，没有顾客，不用打电话。请点「完成」，随便写一句。
trial-customer = 测试单已发到班组群。师傅接单并完成后，它会自动删除。
trial-no-crew = 还没有班组群。请先把我加进师傅们的群。
trial-claimed = 测试单 { $ticket }：{ $technician }已接单。
trial-done = 测试完成，谢谢。测试单 { $ticket } 已删除。
trial-passed = ✓ 测试走通了：{ $technician }完成了测试单 { $ticket }，测试单已删除。
trial-ended = 测试单 { $ticket } 已删除。

## 程序
parked = 有一条消息多次处理失败，已搁置（编号 { $task }）。请联系该用户；在服务器上用 baoxiu parked 查看、重试或放弃。

## 群发通知
command-broadcast = 群发通知
command-mute = 不接收通知
command-unmute = 接收通知
button-send = 发送
button-pause = 暂停
button-go-on = 继续发送
button-stop = 停止
label-post = 内容
label-audience = 发给
label-area = 地区
broadcast-post = <b>要群发什么？</b>请发一条消息：文字（可以带格式）、照片、视频或文件（可以带说明）。大家收到的和您发的一样。
broadcast-post-again = 这种消息不能群发。请发文字、照片、视频、语音或文件。
post-album = 一次只能群发一个文件。请只发一张照片、一个视频或一个文件，可以带说明。
post-long = 太长了：共 { $length } 个字符，最多 { $most } 个。请改短一些再发。
broadcast-audience = <b>发给谁？</b>
broadcast-audience-again = 请点下面的按钮，选择发给谁。
audiences-all = 全体顾客
audiences-open = 有未完成工单的顾客
audiences-area = 某个地区的顾客
audiences-crews = 各班组群
broadcast-area = <b>哪个地区？</b>写省、市、区县都可以，例如：兴城市、葫芦岛市、辽宁省。
broadcast-area-again = 没找到这个地区。请换个写法，最好写全名，例如：辽宁省葫芦岛市兴城市。
area-several = 有几个同名的地方，是哪一个？
notice-preview = 预览（大家收到的就是这样）：
notice-preview-late = 预览一直没能发给您，这条通知没有发送。请稍后重新发 /broadcast。
notice-refused = Telegram 不接受这条消息，预览发不出来，所以没有发送。请换个写法，重新发 /broadcast。
notice-nobody = 没有符合这个范围的收件人，请换一个范围。您写的内容还在。
notice-nobody-later = 没有符合这个范围的收件人，这条通知没有发送。请重新发 /broadcast，换一个范围。
notice-title = <b>通知 { $notice }</b> · { $audience }
notice-ask = 将发给 { $count } 人。确认发送吗？请在 5 分钟内决定。
notice-ask-paid = 已开启付费加速：大约要用 { $stars } 颗 Telegram 星星（从机器人的余额里扣）。
notice-ask-groups = 将发到 { $count } 个群。确认发送吗？请在 5 分钟内决定。
notice-expired = 超过 5 分钟没有确认，这条通知没有发送。要发的话，请重新发 /broadcast。
notice-decided = 已经处理过了。
notice-begins = 开始发送。
notice-dropped = 已取消，这条通知没有发送。
notice-paused = 已暂停。
notice-goes-on = 继续发送。
notice-stops = 正在停止。
notice-runs = 状态：正在发送
notice-waits = 状态：排队中，前一条通知发完后开始
notice-is-paused = 状态：已暂停
notice-stuck = Telegram 暂时收不了消息。不用操作，恢复后会自动接着发。
notice-is-done = 状态：已发完
notice-is-stopped = 状态：已停止
notice-counts = 已发送 { $sent } · 联系不上 { $unreachable } · 失败 { $failed } · 剩余 { $left }
notice-time-left = 大约还要 { $minutes } 分钟
notice-result =
    <b>通知 { $notice } 已发完</b>，{ $took }。
    已发送 { $sent } · 联系不上 { $unreachable } · 失败 { $failed }
took-seconds = 用时 { $count } 秒
took-minutes = 用时约 { $count } 分钟
notice-result-stopped =
    <b>通知 { $notice } 已停止</b>
    已发送 { $sent } · 联系不上 { $unreachable } · 失败 { $failed } · 未发送 { $left }
notice-footer = <i>不想再收到通知？发 /mute</i>
muted = 好的，以后不再给您发通知。您自己的工单有进展，仍会告诉您。想再收到通知，发 /unmute。
unmuted = 好的，以后会给您发通知。不想收到时，发 /mute。

## 上门：从接单到完成
stage-accepted = 已接单
stage-accepted-button = 已接单
stage-accepted-customer = 进度：{ $technician }已接单，会联系您
stage-on_the_way = 在路上
stage-on_the_way-button = 出发
stage-on_the_way-customer = 进度：{ $technician }在路上，预计 { $eta } 到
stage-on_the_way-push = 工单 { $ticket }：{ $technician }出发了，预计 { $eta } 到，电话 { $phone }。{ $code ->
    [none] {""}
   *[other] 来人应能说出 4 位数字 { $code }。
}
stage-arrived = 已到达
stage-arrived-button = 已到
stage-arrived-customer = 进度：{ $technician }已到达
stage-arrived-push = 工单 { $ticket }：{ $technician }说已到达。{ $code ->
    [none] {""}
   *[other] 开门前请让来人先说出 4 位数字，您这边是 { $code }。
}
stage-working = 维修中
stage-working-button = 开始维修
stage-working-customer = 进度：{ $technician }正在维修
stage-waiting_parts = 等配件
stage-waiting_parts-button = 等配件
stage-waiting_parts-customer = 进度：在等配件，配件到了{ $technician }会再联系您
stage-waiting_parts-push = 工单 { $ticket }：需要等配件，配件到了{ $technician }会再联系您，电话 { $phone }。
stage-waiting_customer = 等顾客
stage-waiting_customer-button = 等顾客
stage-waiting_customer-customer = 进度：{ $technician }在等您的消息，方便时请打 { $phone }
stage-waiting_customer-push = 工单 { $ticket }：{ $technician }在等您的消息，方便时请打 { $phone }，或直接在这里留言。
stage-done = 已完成
stage-done-button = 完成
stage-done-customer = 进度：师傅已完成
need-ownership = 已查看物主证明
need-ownership-button = ☐ 已查看物主证明
label-stage = 进度
label-eta = 预计到达
label-photos = 完工照片
label-amount = 收费
label-opinion = 评价
eta-eta = 预计多久到？点一个，或直接打时间，例如 14:30。顾客会看到。
etas-m15 = 15 分钟
etas-m30 = 30 分钟
etas-m45 = 45 分钟
etas-m60 = 1 小时
etas-m90 = 1 个半小时
photos-photos = 请发一张或几张完工照片，顾客会看到。
amount-amount = 收了多少钱？请打金额，例如 180；没有收费就点下面的按钮。
amounts-warranty = 保修，没收费
amounts-free = 没收费
visit-eta-unclear = 没看懂这个时间，或者它已经过了。请打今天几点几分，例如 14:30。
visit-photos-none = 这一步要有照片，文字不算。
visit-ticked = 已记下：{ $need }
visit-ticked-already = 已经记过了。
visit-ticked-line = ☑ { $need }（{ $at }）
visit-tick-first = 工单 { $ticket }：要继续，请先当面查验并确认「{ $need }」：点下面的按钮。只记下是谁、什么时候看的，不拍照、不留复印件。
visit-not-from-here = 工单 { $ticket } 现在是「{ $stage }」，不能跳到那一步，请看最新的卡片。
visit-moved = { $ticket }：{ $stage }
visit-code = 上门暗号：<b>{ $code }</b>。来人应能说出这 4 位数字，说不出就不要开门。
visit-code-technician = 上门暗号：<b>{ $code }</b>。到门口请主动报给顾客。
visit-button-stranger = 来人说不出暗号
visit-button-progress = 进度
visit-stranger-known = 您在 { $at } 已经报告过，调度员已收到。
visit-stranger-desk =
    <b>‼ { $ticket }：来人说不出暗号</b>
    接单的是{ $technician }（{ $phone }）。请马上核实，并给顾客打电话：{ $customer }，{ $address }。{ hotline-line }
visit-stranger-advice =
    <b>请先不要开门。</b>调度员已收到（工单 { $ticket }），会马上核实。
    接单的是{ $technician }，电话 { $phone }，您可以打这个电话，看来人的手机响不响。觉得危险请打 110。{ hotline-line }
visit-fixed = 修好了吗？
visit-silence = 如果到 { $by } 还没有收到您的消息，就按已修好办结。
visit-late-technician = 工单 { $ticket }：您预计 { $eta } 到，现在到了吗？还没到请改一下时间，顾客在等。
visit-late-customer = 工单 { $ticket }：{ $technician }比预计的 { $eta } 晚了，我们在催，您也可以打电话 { $phone }。{ hotline-line }
visit-not-fixed-desk = { $ticket }：顾客说还没修好，已交回{ $technician }（{ $phone }）处理，请留意。
visit-settled = 没有收到您的消息，工单 { $ticket } 按已修好办结。如果又出问题，请重新报修。
visit-settled-technician = 工单 { $ticket }：顾客没有异议，已办结。
progress-title = <b>工单 { $ticket } 的进度</b>
progress-line = { $at } { $what }
progress-submitted = 收到您的报修
progress-claimed = 师傅接单
progress-released = 重新安排师傅
progress-handed = 转给合适的人处理
progress-contacted = 师傅联系了您
progress-unreached = 师傅没打通您的电话
progress-corrected = 修改了电话或地址
progress-stranger = 您报告来人说不出暗号
progress-done = 师傅已完成
progress-not-fixed = 您反映还没修好
progress-confirmed = 您确认已修好
progress-settled = 没有异议，办结
progress-closed = 办结
progress-cancelled = 取消
rating-ask = 给{ $technician }这次的服务打几分？5 分最好。
rating-button = { $stars } 分
rating-button-opinion = 说一句
rating-thanks = 谢谢！工单 { $ticket } 您给{ $technician }打了 { $stars } 分。一周内可以改。
rating-thanks-bad = 抱歉没让您满意。工单 { $ticket } 您打了 { $stars } 分，调度员已收到，会联系您。一周内可以改。
rating-same = 您已经打了 { $stars } 分。
rating-over = 工单 { $ticket } 的评价已经不能改了。
rating-noted = 谢谢，您的话已记下（{ $ticket }）。
rating-opinion = 请写一句，只有我们的人会看到。
rating-opinion-again = 请写一句文字。
rating-bad = <b>{ $ticket } 只得了 { $stars } 分</b>，师傅：{ $technician }。请联系顾客：{ $phone }。
rating-bad-words =
    <b>{ $ticket } 只得了 { $stars } 分</b>，师傅：{ $technician }。请联系顾客：{ $phone }。
    顾客说：{ $words }
rating-line = 评价：{ $stars } 分
rating-line-words = 评价：{ $stars } 分，「{ $words }」
event-stage = 进度有变
history-stage = { $from } → { $to }
event-ticked = 确认一项
history-ticked = { $need }
event-stranger = 报告来人说不出暗号
event-settled = 顾客没有异议，办结
event-rated = 评分
history-rated = 评了 { $stars } 分
event-opinion = 写了评价

# Callers
command-call = 来电登记：替打电话的顾客报修
caller-fault = <b>来电登记：什么故障？</b>请选一项，或直接写。也可以一行写完，例如：/call 漏水 兴城市兴海路3号 13800000000 王女士
caller-fault-again = 没看懂。请从按钮里选最接近的一项，或换个说法，例如：密码忘了。
caller-destination = 要做什么？搬运请写搬到哪里，安装请写安装什么。
caller-destination-again = 请写几个字，例如：搬到同城另一处；安装新保险柜。
caller-problem = 顾客说的情况？没有就点「跳过」。
caller-address = <b>顾客的地址？</b>想怎么写就怎么写，例如：兴城市兴海路3号2单元501。
caller-phone = <b>顾客的电话？</b>可以带上称呼，例如：13800000000 王女士。
caller-phone-again = 这里需要一个电话号码，例如 13800000000 或 0429-5123456。
caller-name = 怎么称呼顾客？没问就点「跳过」。
caller-name-again = 请写姓名或称呼，例如：王女士。
caller-when = <b>顾客什么时候方便？</b>也可以直接写时间，例如：周六下午。
caller-review =
    <b>请和顾客核对：</b>
    { $fields }

    没问题就点「提交报修」。
caller-taken = 已登记：工单 { $ticket }。有变化请打电话告诉顾客；顾客用 Telegram 的话，可以把链接发给他们，以后直接收到消息。
caller-taken-promised = 已登记：工单 { $ticket }。请告诉顾客：{ $by } 前会有人联系。有变化请打电话告诉顾客；顾客用 Telegram 的话，可以把链接发给他们，以后直接收到消息。
caller-line = ☎ 顾客是来电登记的，收不到消息：请打电话告诉顾客。
caller-code = 上门暗号：{ $code }（请在电话里告诉顾客）
caller-phone-them = 顾客是来电登记的，收不到消息，请打电话：{ $phone }
button-join-link = 给顾客的链接
button-reopen = 没修好，再上门
join-link =
    工单 { $ticket }：把下面的链接发给顾客（短信等，电话 { $phone }），也可以做成二维码。谁打开，谁就是这张单的顾客，只认第一个人。
    { $link }
link-joined = 工单 { $ticket }：顾客已经在 Telegram 里了。
joined = 您好！这是您的工单 { $ticket }，以后的进展都会在这里告诉您。
join-dead = 这个链接已用过或已失效。需要帮助请联系我们。{ hotline-line }
told-joined = 工单 { $ticket }：顾客加入了 Telegram，回复上面的卡片就能给顾客留言。
told-corrected-desk = 工单 { $ticket }：按您的来电改好了，请看上面的卡片。
reopened = 工单 { $ticket } 已重新打开，已通知师傅。
unreached-noted-phone = { $ticket }：已告诉调度，顾客回电前不计时。
told-unreached-desk = 工单 { $ticket }：{ $technician }（{ $phone }）打不通顾客电话 { $own }。顾客是来电登记的，请调度再联系；打通后请师傅点「已联系顾客」。
promise-truth-phone = 工单 { $ticket }：答应顾客 { $by } 前答复，可能赶不上。顾客是来电登记的，请打电话 { $own } 说明。
event-joined = 加入 Telegram
progress-joined = 您加入了 Telegram

# The morning list
command-today = 今天要跟进的工单
morning-title = <b>{ $day }要跟进的工单</b>（进行中 { $open } 张）
morning-overdue = 过去 24 小时有 { $count } 张超过了承诺时间。
morning-missed = <b>已超时，还没联系顾客</b>（{ $count } 张）
morning-unreachable = <b>联系不上顾客，请打电话</b>（{ $count } 张）
morning-today = <b>今天上门</b>（{ $count } 张）
morning-stuck = <b>超过一天没有动静</b>（{ $count } 张）
morning-line-missed = • { $ticket } { $place } { $fault }：应在 { $by } 前答复，{ $who }
morning-line-unreachable = • { $ticket } { $place } { $fault }：{ $phone }，{ $who }
morning-line-at = • { $ticket } { $at } { $place } { $fault }：{ $who }
morning-line-today = • { $ticket } { $place } { $fault }：{ $who }
morning-line-stuck = • { $ticket } { $place } { $fault }：{ $since } 之后没有进展，{ $who }
morning-nobody = 待接单
morning-more = …另有 { $count } 张
morning-unseen = 工单太多，另有 { $count } 张没有查看。
morning-clear = 没有需要跟进的工单。

# The same fault again
duplicate-hint = 您 { $at } 报过同样的故障「{ $fault }」，工单 { $ticket } 还在处理。要是同一件事，点下面的按钮补充到那张单；是另一件事就照常提交。
button-add = 补充到 { $ticket }
duplicate-added = 已补充到工单 { $ticket }，没有另开新单。电话、地址以那张单为准，要改请点卡片上的按钮。
event-repeated = 再次报修，补充到这张单
progress-repeated = 您又说了同样的故障，已补充到这张单
told-repeated = 工单 { $ticket }：顾客又报了一次同样的故障，没有新的内容，请尽快联系。

# Recording the repair
recording-button = 维修录像
recording-button-on = 录像中（{ $count }）
recording-button-wish = 同意并请对方确认
recording-button-agree = 同意录像
recording-button-refuse = 不同意
recording-button-withdraw = 撤回
recording-button-stop = 停止录像
recording-button-show = 维修记录（{ $count }）
recording-button-more = 更多
recording-offer = 工单 { $ticket }：可以把维修过程拍成照片或视频留存，要您和对方都同意才开始，谁都可以随时停止。
recording-wish-of-customer = 工单 { $ticket }：顾客希望把维修过程录下来，您同意吗？可以不同意。
recording-wish-of-technician = 工单 { $ticket }：{ $technician }想把维修过程录下来，您同意吗？可以不同意。
recording-terms = 记录发来的照片和视频、时间、发送人，以及文件的 SHA-256 校验值（证明没有改动过）。只有顾客、师傅和调度员能看；工单结束 { $days } 天后清除，反映过没修好的除外。
recording-asked = 工单 { $ticket }：录像的请求已发给对方，等对方同意。
recording-on = 工单 { $ticket }：双方都同意，录像开始。师傅和顾客把照片、视频直接发到这里就会记录；随时可以点「录像中」停止。
recording-is-on = 工单 { $ticket }：正在录像，已记录 { $count } 个文件。
recording-refused = 工单 { $ticket }：没有同意录像，不记录。
recording-withdrawn = 工单 { $ticket }：录像的请求已撤回。
recording-ended = 工单 { $ticket }：录像已停止，之后发的不再记录；已记录 { $count } 个文件。
recording-taken = 工单 { $ticket }：已记录，共 { $count } 个文件。
recording-taken-album = 工单 { $ticket }：这一组已记录。
recording-taken-big = 工单 { $ticket }：已记录，共 { $count } 个文件。这个文件大于 20 MB，机器人取不到内容，只记录 Telegram 文件编号。
recording-full = 工单 { $ticket }：最多记录 { $most } 个文件，这个没有记录。
recording-none = 工单 { $ticket }：没有维修记录。
recording-title = <b>工单 { $ticket } 的维修记录</b>（{ $count } 个文件）
recording-line = { $n }. { $at } { $kind }，{ $by }
    { $sum }
recording-photo = 照片
recording-video = 视频
recording-file = 文件
recording-by-customer = 顾客
recording-sum = SHA-256 { $sum }
recording-sum-waits = 校验值正在计算
recording-sum-too-big = 大于 20 MB，Telegram 文件编号 { $id }
recording-sum-missing = 取不到文件，Telegram 文件编号 { $id }
event-recording_wished = 希望录像
event-recording_agreed = 同意录像，开始
event-recording_refused = 不同意录像
event-recording_ended = 停止录像
event-recorded = 发来维修记录
progress-recording-wished = 有一方希望录下维修过程
progress-recording-agreed = 双方同意，开始录像
progress-recording-refused = 有一方不同意录像
progress-recording-ended = 录像停止

## 报价与收费
label-price = 报价
label-labour = 工时费
label-parts = 配件费
label-call_out = 上门费
label-included = 包含
label-above = 收费说明
quote-button = 报价
quote-button-anew = 重新报价
quote-button-withdraw = 撤回报价
quote_answers-accept = 接受
quote_answers-decline = 不接受
quote-price = 报多少钱？一句话就行，例如：工时150 配件80 上门50；只报总价：一共280。也可以一项一项填。
quote-labour = 工时费多少？请打金额，例如 150。
quote-parts = 配件费多少？请打金额，例如 80。
quote-call_out = 上门费多少？请打金额，例如 50。顾客不接受报价时，只收这一项。
quote-included = 报价包含什么？可以写一句，顾客会看到，例如：进口锁芯一个，保修一年。不写就点「跳过」。
quote-included-again = 请写一句文字，或点「跳过」。
quote_ways-steps = 一项一项填
quote_fees-none = 没有
price-unclear = 没看懂这个金额，请只打数字和名目，例如：工时150 配件80 上门50，或一共280。最多两位小数。
price-unclear-amount = 没看懂这个金额，请只打数字，例如 150 或 49.5。最多两位小数。
price-too-much = 金额太大了，最多 { $most }，请核对。
price-sum = 各项加起来是 { $sum }，和总价 { $said } 对不上，请核对后重打。
quote-sent = 工单 { $ticket }：报价 { $total } 已发给顾客。顾客接受以后就可以开始维修。
quote-unreached = 工单 { $ticket }：报价 { $total } 已记下，但顾客停用了机器人，收不到。请打电话 { $phone }，请顾客重新打开机器人，发 /status 就能看到报价。
quote-offer = <b>工单 { $ticket }：{ $technician }的报价</b>{ $version ->
    [1] {""}
   *[other] （第 { $version } 版）
}
quote-total = <b>合计：{ $total }</b>
quote-replaces = 接受后代替您之前接受的报价 { $total }。
quote-ask = 您接受以后，师傅才开始维修。
quote-ask-call-out = 您接受以后，师傅才开始维修。不接受的话，只收上门费 { $call_out }。
quote-tap = 请点下面的按钮答复。
quote-accepted = <b>您已接受。</b>
quote-declined = <b>您没有接受。</b>
quote-told-accepted = 工单 { $ticket }：顾客接受了报价 { $total }，可以开始维修。
quote-told-declined = 工单 { $ticket }：顾客没有接受报价 { $total }。可以重新报价；或者点「完成」，只收上门费；或者点「退回」。
quote-told-why = 工单 { $ticket }：顾客不接受报价的原因：{ $why }。
quote-told-why-words = 工单 { $ticket }：顾客说了不接受报价的原因，请看上面的卡片。
quote-why-noted = 谢谢，已转告师傅（{ $ticket }）。
quote-told-withdrawn = 工单 { $ticket }：{ $technician }撤回了报价 { $total }，您不用答复了。
quote-withdrawn = { $ticket }：报价 { $total } 已撤回。
quote-nothing-open = 工单 { $ticket } 现在没有可以撤回的报价。
quote-fell = 原来的报价 { $total } 不再有效，收费请以新来的师傅的报价为准。
quote-fell-alone = 工单 { $ticket }：原来的报价 { $total } 不再有效，收费请以新来的师傅的报价为准。
quote-stale-accepted = 这份报价您已经接受了。想改，请联系师傅重新报价。
quote-stale-declined = 这份报价您没有接受。改主意了，请联系师傅重新报价。
quote-stale-replaced = 这份报价已经撤回，或者换成了新的，请看最新的一份。发 /status 就能看到。
quote-first-open = 工单 { $ticket }：报价 { $total } 顾客还没有答复，先不能继续。请等顾客接受，或者重新报价、撤回报价。
quote-first-declined = 工单 { $ticket }：顾客没有接受报价 { $total }，不能开始维修。请重新报价，或者撤回报价；不修了就点「完成」，只收上门费，或者点「退回」。
quote-first-missing = 工单 { $ticket }：这类故障要先报价，顾客接受以后才能开始维修。
quote-line-open = 报价：{ $total }，等您答复
quote-line-declined = 报价：{ $total }，您没有接受
quote-line-accepted = 报价：{ $total }，您已接受
quote-line-charged = 报价：{ $total }，已经收过，不再另外收费
quote-staff-open = 报价：{ $price }，等顾客答复
quote-staff-declined = 报价：{ $price }，顾客没有接受
quote-staff-declined-why = 报价：{ $price }，顾客没有接受（{ $why }）
quote-staff-accepted = 报价：{ $price }，顾客已接受
quote-staff-charged = 报价：{ $price }，上次已收，这次不再收费
quote-history-quoted = 报价 { $to }
quote-history-anew = 重新报价 { $from } → { $to }
quote-history-accepted = 接受报价 { $to }
quote-history-accepted-anew = 接受报价 { $from } → { $to }
quote-history-declined = 没有接受报价 { $to }
quote-history-why = 不接受报价的原因：{ $why }
quote-history-withdrawn = 报价 { $from } 撤回
quote-progress-quoted = 师傅报价 { $to }
quote-progress-accepted = 您接受了报价 { $to }
quote-progress-declined = 您没有接受报价 { $to }
quote-progress-withdrawn = 报价 { $from } 撤回
decline-reason = 方便说一下为什么不接受吗？选一项，或者写一句，师傅会看到。
decline_reasons-dear = 太贵了
decline_reasons-think = 想再考虑
decline_reasons-unneeded = 不想修了
decline_reasons-other = 其他原因
decline_reasons-type = 请写一句原因。
amounts-quoted = 按报价 { $quote }
above-above = 收的比约定的多，或者事先没有报价。请说明原因：选一项，或者写一句，顾客确认前会看到。
above_reasons-work = 多做了项目
above_reasons-parts = 多用了配件
above_reasons-wrong = 金额打错了，重打
charge-changed = 工单 { $ticket }：报价刚刚变了，请重新填收了多少钱。
charge-line = 实收 { $amount }，报价 { $quote }
charge-nothing = 收费：{ $amount }（报价 { $quote }）
charge-declined = 实收 { $amount }，报价 { $quote } 未接受
charge-why = 收费说明：{ $why }
charge-covered = 您付过的报价 { $quote } 包含这次返修，不用再付。
charge-above-desk = { $ticket }：实收 { $amount }，高出约定的 { $agreed }。师傅：{ $technician }（{ $phone }），原因：{ $why }。
charge-alone-desk = { $ticket }：实收 { $amount }，事先没有约定。师傅：{ $technician }（{ $phone }），原因：{ $why }。
charge-history = 实收 { $to }，报价 { $from }
charge-history-why = 实收 { $to }，报价 { $from }，原因：{ $why }
charge-history-alone = 实收 { $to }，事先没有约定，原因：{ $why }
charge-progress-alone = 实收 { $to }
charge-progress = 实收 { $to }，报价 { $from }
event-quoted = 报价
event-accepted = 接受报价
event-declined = 没有接受报价
event-declined_why = 说明不接受报价的原因
event-withdrawn = 报价撤回
event-charged = 记下收费
quote-by-phone = 顾客是来电登记的，收不到报价，请打电话 { $phone } 说好价格再动手。

## 约上门时间
label-times = 上门时间
label-appointment = 约定上门
label-offered = 已提出，等顾客选
label-wish = 您方便的时间
label-wished = 顾客希望的时间
appointment-window = { $day }{ $from }–{ $to }
appointment-or = { $first }；{ $second }
appointment-today = 今天 { $from }–{ $to }
appointment-tomorrow = 明天 { $from }–{ $to }
button-appoint = 约时间
button-move-visit = 改时间
button-visit-off = 取消预约
button-pick = { $window }
button-other-time = 都不方便，我说个时间
button-grant = 同意 { $window }
button-offer-others = 提别的时间
button-calendar = 日历文件
appointment-times = <b>什么时候能上门？</b>点一个，或者直接写，最多三个，顾客从中选，例如：明天9-11点，后天下午2点到4点。只写一个钟点，就是从那时起的两小时。
appointment-times-again = 请写时间，例如：明天9-11点，周六上午。
appointment_times-today_afternoon = 今天下午
appointment_times-today_evening = 今天晚上
appointment_times-tomorrow_morning = 明天上午
appointment_times-tomorrow_afternoon = 明天下午
appointment_times-after_morning = 后天上午
appointment_times-after_afternoon = 后天下午
appointment_wish-wish = <b>您什么时候方便？</b>请写一个时间，例如：周六下午2点到4点；也可以写一句话。
appointment_wish-wish-again = 请写一个时间，例如：周六下午2点到4点。
appointment-unclear = 没看懂这个时间。请写上哪天、几点，例如：明天9-11点；周六上午；12月3日 14:00。几个时间用逗号隔开。
appointment-past = 这个时间已经过了。请写以后的时间，例如：明天9-11点；周六上午。
appointment-far = 只能约 30 天以内的时间。请写近一些的，例如：明天9-11点；周六上午。
appointment-many = 一次最多提 { $most } 个时间，请少写几个。
appointment-phone = 工单 { $ticket }：顾客停用了机器人，收不到消息，请打卡片上的电话约时间。
told-offered =
    工单 { $ticket }：{ $technician }可以在下面的时间上门，请选一个。
told-offered-holds =
    工单 { $ticket }：{ $technician }想改上门时间，请选一个。您选定之前，原来约好的 { $window } 不变。
appointment-phone-tell = 工单 { $ticket }：顾客停用了机器人，收不到这条消息，请打卡片上的电话告诉顾客。
remind-phone = 顾客停用了机器人，收不到消息，出发前请先打电话。
board-agreed = 约好 { $window }
next-agreed = 接下来：有师傅接单就告诉您，按约好的时间上门。
status-technician-agreed = 状态：您已接单（{ $at }）。顾客已经约好时间，请准时上门。
appointment-choose = 上门时间：请从下面选一个
appointment-wished = 您希望的时间：{ $words }
appointment-picked = 工单 { $ticket }：您选了 { $window }。
appointment-passed = 这个时间已经过了，请选别的，或点「都不方便，我说个时间」。
appointment-stands = 工单 { $ticket }：这个按钮已经失效。现在约好的时间是 { $window }。
appointment-newer = 工单 { $ticket }：这些时间已经作废，请看最新的消息。
appointment-none = 工单 { $ticket }：这个按钮已经失效，目前没有约好的时间。
told-agreed = 约好了：工单 { $ticket }，{ $technician } { $window } 上门，电话 { $phone }。点文件可以加到日历。
told-granted = 约好了：工单 { $ticket }，就按您说的，{ $technician } { $window } 上门，电话 { $phone }。点文件可以加到日历。
told-picked = 工单 { $ticket }：顾客选了 { $window }，请准时上门。
told-picked-moved = 工单 { $ticket }：顾客同意改时间，现在约好的是 { $window }，请准时上门。
appointment-granted = 工单 { $ticket }：已约好 { $window }，已告诉顾客，请准时上门。
told-wished = 工单 { $ticket }：顾客想约别的时间，请看上面的卡片。
wish-passed = 已转告{ $technician }（{ $ticket }），会尽快答复您。
wish-passed-holds = 已转告{ $technician }（{ $ticket }）。新时间约好之前，原来约好的 { $window } 不变。
wish-kept = 已记下（{ $ticket }），接单的师傅会看到。新时间约好之前，原来约好的 { $window } 不变。
visit-off = 预约已取消：{ $window }。
visit-off-yours = 工单 { $ticket }：{ $window } 的预约已取消。工单还在，师傅会再和您约时间。{ $file ->
    [yes] 点文件可以把它从日历里去掉。
   *[no] {""}
}
told-visit-off = 工单 { $ticket }：抱歉，{ $technician }取消了 { $window } 的预约。工单还在，师傅会再和您约时间，您也可以打电话 { $phone }。{ $file ->
    [yes] 点文件可以把它从日历里去掉。
   *[no] {""}
}
told-visit-off-technician = 工单 { $ticket }：顾客取消了 { $window } 的预约，那个时间不用去了。工单还在，请再约时间。
told-released-agreed = 工单 { $ticket }：要换一位师傅，我们正在重新安排。约好的 { $window } 先替您留着。
told-released-offers = 工单 { $ticket }：要换一位师傅，我们正在重新安排。之前提出的时间作废，新的师傅会再和您约。
told-claimed-agreed = 工单 { $ticket }：{ $technician }已接单，按约好的 { $window } 上门，电话 { $phone }。
appointment-inherited = 工单 { $ticket }：顾客已经约好 { $window }，请准时上门。来不了就先改时间。
remind-customer = 提醒：工单 { $ticket }，{ $technician }{ $window } 上门，电话 { $phone }。要改时间，请在工单卡片上点「改时间」。
remind-technician = 提醒：工单 { $ticket }，{ $window } 上门，顾客在等。点下面看卡片；来不了就先改时间。
remind-open-customer = 工单 { $ticket }：约好的时间是{ $window }，我们还在安排师傅，一有人接单马上告诉您。{ hotline-line }
remind-open-staff = 工单 { $ticket }：顾客约了{ $window }，还没有人接单。
late-customer = 工单 { $ticket }：约好 { $window } 上门，{ $technician }还没有出发的消息，很抱歉。我们在催，您也可以打电话 { $phone }。{ hotline-line }
late-technician = 工单 { $ticket }：约好 { $window } 上门，您出发了吗？请点下面的按钮；来不了请马上联系顾客。
late-open-customer = 工单 { $ticket }：约好 { $window } 上门，但还没有师傅能来，很抱歉。调度员已收到提醒，会尽快联系您。{ hotline-line }
late-open-staff = ‼ 工单 { $ticket }：顾客约的是 { $window }，时间已到，还没有人接单，请马上联系顾客。
contacted-offered = 在聊天里联系了顾客
calendar-summary = 上门维修 { $ticket }
calendar-description = 工单 { $ticket }：{ $fault }
calendar-yours = 工单 { $ticket }：{ $window }。点文件可以加到日历。
calendar-withdrawn = 工单 { $ticket }：{ $window } 的预约已取消。点文件可以把它从日历里去掉。
history-offered = 提出上门时间：{ $window }
history-agreed = 约好上门时间：{ $window }
history-moved = 上门时间改为：{ $window }
history-visit-off = 取消预约：{ $window }
event-offered = 提出上门时间
event-agreed = 约好上门时间
event-wished = 希望换个时间
event-moved = 改了上门时间
event-called_off_visit = 取消预约
progress-offered = 师傅提出了上门时间
progress-wished = 您说了方便的时间
progress-agreed = 约好 { $window } 上门
progress-moved = 改为 { $window } 上门
progress-visit-off = 取消了 { $window } 的预约
appointment-by-phone = 工单 { $ticket }：已记下电话里约好的时间，{ $window }。
appointment-by-phone-one = 顾客是来电登记的，收不到消息：请在电话里说好一个时间，写在这里。

# Files of technicians
file-of-technician = 这个文件没有归到哪张单。要留作维修记录，请先在工单卡片上点「维修录像」，双方同意后再发；完成时要的照片，点「完成」后再发。自己要报修，请先发 /report。
appointment-over-desk = ‼ 工单 { $ticket }：约好 { $window } 上门，时间过了，{ $technician }（{ $phone }）一直没有动静，请马上处理。
