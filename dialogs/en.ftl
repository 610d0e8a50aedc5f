# Everything that the bot says, in English. Change it here; the program need not be touched.
# $hotline is the hotline ("none" if there is none), $minutes the minutes promised; <b> and so on are Telegram's HTML.

hotline-line = { $hotline ->
    [none] If you need a person, say so in your report; a dispatcher will contact you.
   *[other] Hotline: { $hotline }
}

## Menu and commands
welcome =
    Hello, this is the repair service for safes, locks and appliances. Tap “Report a fault”; it takes less than a minute.
    { hotline-line }
welcome-admin =
    Hello, you are an admin. Tap “Set up” to see what is set up and what is missing.
    You can also try a report like a customer: tap “Report a fault”.
your-id = Your user id: <code>{ $id }</code>
welcome-thanks = You're welcome! Send /report whenever you need us, or /status to see how your ticket stands.
not-understood =
    I did not understand that. To report a fault, tap the button below, or write what is broken, the address and a phone number.
    { hotline-line }
no-tickets = You have no open tickets.
help =
    <b>What you can do:</b>
    /report report a fault
    /status my tickets: progress, change phone or address
    /cancel stop what you are filling in
    /language 语言 / Language
    /privacy how we keep your data
    /mute no more news, /unmute news again
    Or just say it: forgot the code, won't open, talk to a person.
    { hotline-line }
help-admin =
    <b>Admins:</b>
    /setup the guide: crew's group, districts, hotline, test ticket, admins
    /districts areas served · /hotline hotline · /admins admins
    Send /bind in the technicians' group: it is now a crew (name districts if you like, e.g. /bind 兴城市 延长县, or /bind 辽宁省). Send /bind desk in the dispatchers' group: tickets that no crew takes go there.
    /crew crews: what they repair, when they work, within how many minutes they answer
    /today what to look after · /queue where tickets wait · /stats the figures
    /call a fault for somebody on the phone, e.g. /call leak, 88 Century Avenue, 13800000000
    /ticket and a number: what became of a ticket; give it to a technician, take it back, hand it over, e.g. /ticket 1024
    To cancel a ticket that a crew has, send /cancel and its number, e.g. /cancel 1024.
    To tell many people something, send /broadcast: you see a preview and how many get it, and confirm.

    <b>Customers:</b>
    /report report · /status my tickets · /cancel stop · /language language · /privacy privacy
    { hotline-line }
help-technician =
    <b>Technicians:</b>
    /mine my jobs · /queue where tickets wait
    /ticket and a number: what became of a ticket, e.g. /ticket 1024
    Reply to a ticket's card to write to its customer; the card has buttons for times, the price, on my way, done.

    <b>To report a fault yourself:</b>
    /report report · /status my tickets · /cancel stop · /language language · /privacy privacy
    { hotline-line }
help-desk =
    Tickets that no crew covers, broken promises and unhappy customers come here, and every morning the list of what to look after.
    /today what to look after · /queue where tickets wait · /stats the figures
    In private with me: /call for somebody on the phone; /ticket and a number to see a ticket, give it to a technician, take it back, hand it over.
help-dialog-goes-on = Your question is still open: just answer it, or send /cancel to stop.
help-group = Tickets for this group appear here; tap “Claim” to take one. Admins use /bind to set the districts of this group.
only-private = Please use this command in a private chat with me.
human =
    { $hotline ->
        [none] Please describe your situation here; a dispatcher will contact you after you submit.
       *[other] Please call our hotline <b>{ $hotline }</b>; a person will answer.
    }
privacy =
    <b>What we keep</b>
    Only what a repair needs: the fault, address, phone, name, what you wrote, and the pictures and videos you sent. It is encrypted in our database; pictures and videos stay with Telegram, we keep their ids only; of a repair that both sides agreed to record, also who sent what, when, and checksums.

    <b>Who sees it</b>
    Before a job is taken, technicians see only the district, the fault, the time and a masked phone number. The full details go only to the technician who takes the job and to the dispatchers.

    <b>How long</b>
    An unfinished report: deleted after { $session ->
        [one] one hour
       *[other] { $session } hours
    } of silence.
    When a ticket is over: after { $card ->
        [one] one hour
       *[other] { $card } hours
    } the technician's card no longer shows your data; after { $media ->
        [one] one day
       *[other] { $media } days
    } pictures and videos are deleted (if you told us “not fixed”, only with the rest); after { $contact ->
        [one] one day
       *[other] { $contact } days
    } your phone, address, name and words are deleted.
    What is due is deleted during the night. Only the ticket number, district, fault and times remain, to measure our service.

    <b>To see, correct or delete it earlier</b>
    Please tell a dispatcher; a person will see to it.
    { hotline-line }
unknown-command = There is no such command. Send /help to see what I can do.
command-foreign = Commands that are forwarded, quoted or meant for another bot are not carried out. Please send it yourself.
nothing-to-cancel = Nothing is being filled in. To cancel a submitted ticket, send /status and tap “Cancel ticket” on its card.
correct-on-card = To change phone or address, send /status and use the buttons on the ticket's card.
language = 请选择语言 / Please choose a language
language-zh-CN = 中文
language-en = English
language-set = OK, I'll use English from now on.
too-fast = That was a bit fast, and this message was not taken. Please wait a few seconds and send it again.
session-lost = Sorry, what you had filled in could not be read. Please begin again.
try-again = I cannot check right now whether you are in the group. Please try again in a moment.
old-button = This button no longer works. Send /status to see your tickets.
button-answered = You already answered this; please see the latest question.
edited-ignored = Edited messages are not read again. To change an answer, go back, or change it at the review.
unexpected = I can't use that kind of message here.
which-ticket = You have several tickets. Please reply to the card of the one you mean.
dialog-running = You were in the middle of this; let's go on:
dialog-first = Please finish what you are filling in first, or send /cancel.
too-many-open = You already have three open tickets. One must be finished before you report another. { hotline-line }
words = { $words }

## Buttons
button-report = Report a fault
button-status = My tickets
button-language = English / 中文
button-back = ‹ Back
button-skip = Skip
button-cancel = Cancel
button-cancel-report = Cancel the report
button-submit = Submit
button-edit = Edit { $field }
button-change = Not right? Change address
button-neither = None of these
button-other-address = None of these
button-no-street = That's the full address
button-enough = That's all, go on
button-location = 📍 Share my location
button-contact = 📱 Share my number
button-claim = Claim
button-release = Release
button-called = I called them
button-no-answer = No answer
button-done = Done
button-media = Photos and files
button-media-location = Photos and location
button-location-shown = Location
button-confirm = It is fixed
button-not-fixed = Not fixed
button-cancel-ticket = Cancel ticket
button-correct-phone = Change phone
button-correct-address = Change address
button-hand = Hand to a crew
button-answer = Answer
button-close = Finish
button-assign = Give to a technician
button-assign-to = { $technician } ({ $jobs } jobs)
button-take-back = Take back
button-show = { $ticket }

## Dialogs
gap = {""}
noted = OK.
skipped = Skipped.
neither = OK. Please choose again, or say it in other words.
cannot-skip = This one is needed.
first-question = This is the first question.
restarted = OK, from the beginning.
offer-human = No worry if this does not work out here. { hotline-line }
choice-mean = Which of these do you mean?
cancelled = Cancelled; nothing was submitted. Send /report whenever you need us.
cancelled-other = OK, nothing was changed.
cancelled-rest = OK, the rest stays as it is. What was changed already stays changed.
review-sent = ✓ Submitted
review-buttons = Please check and tap “Submit”; to change something, tap its button.
remind = Your report has not been submitted yet. Just answer the question above; if you no longer need it, send /cancel.
remind-other = This is not finished yet. Just answer the question above, or send /cancel.
expired = I have not heard from you for a long time, so I have closed this form. Nothing was submitted. Send /report whenever you need us.
field = { $label }: { $value }
field-changed = { $label } changed to: { $value }
empty = —
files = { $count ->
    [one] 1 file
   *[other] { $count } files
}
words-files = { $words } ({ $count ->
    [one] 1 file
   *[other] { $count } files
})
files-more = { $count ->
    [one] Got 1 file.
   *[other] Got { $count } files.
} Send more or add a few words; tap the button when you are done.
files-full = At most { $most } files; the others were not kept.
file-added = The file was added to your report.
phone-area-code = For a landline please include the area code, e.g. 0429-5123456.
phone-invalid = This number does not look right. Mobile numbers have 11 digits, landlines need the area code, foreign numbers begin with +.
phone-kept = I have noted the phone number.
phone-of-other = Noted { $name }'s number: { $phone }

## Address
address-again = I could not find this place. Please write city, district, street and number, e.g. 88 Century Avenue, Pudong, Shanghai, or 上海市浦东新区世纪大道88号. You can also share your location with the button below.
address-several = Several places have this name. Which one is yours?
address-missing = I found { $area }. Which district (or town) is it? Tap a button or write it.
address-missing-write = I found { $area }. Please write which district (or town) it is.
address-which = Which of these districts are you in?
address-street = I found { $area }. Please add street and house number (or estate and building).
address-near = You are near { $area }. Please write the full address: district, street and house number.
address-changed = Address changed to:
address-served =
    📍 { $address }
    We serve this area.
address-unserved =
    📍 { $address }
    We do not serve this area yet, but we take your report all the same: a dispatcher will contact you and see what can be done.
address-unknown =
    📍 { $address }
    I cannot tell yet whether we serve this place, but we take your report all the same: a dispatcher will check and contact you.
address-taken =
    📍 { $address }
    I could not find the district, so I have noted it as you wrote it. A dispatcher will check.

## Report
report-fault = <b>What is wrong?</b> Choose one, or say it in your own words.
report-fault-again = I did not get that. Please choose the closest one, or say it differently, e.g. forgot the code.
report-destination = What would you like done? For a move, write where to; for an installation, write what.
report-destination-again = Please write a few words, e.g. move to another address in town; install a new safe.
report-problem = Please describe it; you can also send photos, videos or a voice message (up to 10). Or tap “Skip”.
report-address = <b>What is the address?</b> Write it any way you like, in English or Chinese, e.g. 88 Century Avenue, Pudong, Shanghai.
report-phone = <b>Which phone number can we call?</b> It can be someone else's; add a name if you like, e.g. 13800000000 Ms Wang.
report-phone-again = I need a phone number here, e.g. 13800000000 or 0429-5123456.
report-name = What is your name?
report-name-again = Please write a name, e.g. Ms Wang.
report-when = <b>When would suit you?</b> You can also write a time, e.g. Saturday afternoon.
report-review =
    <b>Please check:</b>
    { $fields }

    If all is right, tap “Submit”.
label-fault = Fault
label-destination = Move or install
label-problem = Details
label-address = Address
label-phone = Phone
label-name = Name
label-when = Time
label-district = District
label-promise = Promised by
label-files = Photos and files
label-typed = As typed
label-doubt = Address read as (please check)
label-outcome = Note
label-reason = Reason
label-opens = Waits for working hours
label-faults = Faults
label-langs = Languages
label-hours = Working hours
label-holidays = Special days
label-minutes = Answers within
label-days = Days
label-crew = Crew

## Time
when-asap = As soon as possible (answer within { $minutes } min)
when-soon = Contact me as soon as possible
when-today = Today
when-tomorrow = Tomorrow
when-time = Another time
when-type = Please type it, e.g. Saturday after 3 pm
when-own-words = set by the customer (shown after the claim)

## Faults
faults-wont_open = Won't open
faults-code_forgotten = Code forgotten
faults-key_lost = Key lost or broken
faults-electronic_dead = Electronic lock dead
faults-alarm = Alarm won't stop
faults-handle = Handle or hinge broken
faults-lock_change = Change the lock
faults-move = Move or install
faults-appliance_dead = Appliance not working
faults-leak = Leaking
faults-noise = Strange noise
faults-trapped = ‼ Someone locked in
faults-smoke = ‼ Smoke, shock, gas leak
faults-breakin = ‼ Break-in
faults-other = Something else
faults-trapped-danger =
    ‼ <b>If someone is trapped, call 119 first.</b> If someone is hurt or unwell, call 120.
    { hotline-line }
    Please go on with the report; we alert our technicians as soon as you submit it.
faults-smoke-danger =
    ‼ <b>Get away from the danger and call 119.</b> If it is safe, turn off power or gas at the mains.
    { hotline-line }
    Please go on with the report; we alert our technicians as soon as you submit it.
faults-breakin-danger =
    ‼ <b>Call the police first: 110.</b> Do not go in and do not touch anything.
    { hotline-line }
    Please go on with the report; we alert our technicians as soon as you submit it.

## Cards
card-title = <b>Ticket { $ticket }</b> · { $at }
card-title-danger = ‼ <b>Ticket { $ticket }</b> · { $at }
card-moved = Ticket { $ticket } was passed on.
card-taken-elsewhere = Ticket { $ticket } was taken by “{ $crew }”.
card-released = You released ticket { $ticket }; its details were taken back.
card-lapsed = The customer of ticket { $ticket } was not contacted in time; it is offered again and its details were taken back.
card-taken-back = A dispatcher took ticket { $ticket } back with its details; no visit is needed.
card-left-group = You left the crew's group; ticket { $ticket } is offered again and its details were taken back.
place-unknown = to be checked
served-yes = Served, but no crew covers it
served-closed = Served; the crews that cover it are closed now
served-no = Not served: please contact the customer
served-unknown = Served or not: to be checked
danger-crew = ‼ Dangerous: please take this first
next-promised = Next: we will call you; you will hear from us by { $by }.
next-late = Next: we are later than the { $by } we promised, sorry. Our dispatcher is on it and you will hear from us soon.
next-planned = Next: the technician who takes the job will call you to agree on a time.
next-opens = Next: our technicians start at { $at }, and your job comes first then.
next-desk = Next: a dispatcher will contact you and see what can be done.
status-customer-open = Status: waiting for a technician
status-customer-desk = Status: with our dispatcher
status-customer-claimed = Status: taken by { $technician } ({ $at }), phone { $phone }
status-customer-done = Status: done. { $outcome }
status-customer-closed = Status: closed
status-customer-cancelled = Status: cancelled. Reason: { $outcome }
status-crew-open = Status: open
status-crew-claimed = Status: taken by { $technician } ({ $at })
status-crew-done = Status: done by { $technician }
status-crew-closed = Status: closed
status-crew-cancelled = Status: cancelled
status-desk-open = Status: to be handled
status-desk-claimed = Status: taken by { $technician } ({ $at }), phone { $phone }
status-desk-done = Status: done by { $technician }. { $outcome }
status-desk-closed = Status: closed. { $outcome }
status-desk-cancelled = Status: cancelled. Reason: { $outcome }
status-technician-open = Status: open
status-technician-claimed = Status: yours ({ $at }). Please call the customer, then tap “I called them”.
status-technician-contacted = Status: yours; the customer was contacted ({ $at }).
status-technician-unreached = Status: yours; no answer ({ $at }), the customer was asked to call back.
status-technician-unreached-phone = Status: yours; no answer at { $at }, the dispatchers were told.
status-technician-done = Status: done. { $outcome }
status-technician-closed = Status: closed
status-technician-cancelled = Status: cancelled. Reason: { $outcome }
status-blanked-done = Status: done
status-blanked-closed = Status: closed
status-blanked-cancelled = Status: cancelled
blanked = The time for keeping them is over: the customer's phone, address, pictures and words have been deleted.
blanked-customer = The time for keeping them is over: your phone, address, pictures and words have been deleted.
blanked-technician = This ticket is over; the customer's data is no longer shown here.
ticket-over = Ticket { $ticket } is over, or this cannot be done now.
no-such-ticket = There is no such ticket.

## Claiming
claim-won = { $ticket } is yours. The details are in your private chat.
claim-already-yours = { $ticket } is already yours; the details are in your private chat.
claim-taken = { $ticket } was taken by { $technician } at { $at }.
claim-not-yours = Only members of this crew's group can claim this ticket.
claim-elsewhere = This ticket is no longer in this group: another crew has it, or it was passed on.
claim-full = You have { $jobs } jobs. Finish one, or give one back, before you claim another.
claim-cooling = You have given back several jobs today; you can claim again after { $until }. Dangerous ones can be claimed at any time.
claim-register = Your first claim: please register your name and phone in the private chat.
claim-dialog-running = Please finish or cancel (/cancel) what you are filling in, then claim.
go-on-in-private = Please go on in the private chat.
technician-name = Before your first claim, please register. <b>What should customers call you?</b>
technician-name-again = Please write your name, e.g. Li Jianguo.
technician-phone = <b>Your work phone?</b> Customers see it once you have claimed.
technician-phone-again = I need a phone number here, e.g. 13800000000.
registered = Registered. Claiming the ticket for you …
released-toast = { $ticket } released.
group-released = Ticket { $ticket } was released by { $technician } and can be claimed again.
group-released-why = Ticket { $ticket } was released by { $technician } ({ $why }) and can be claimed again.
group-lapsed = Ticket { $ticket }: { $technician } has not contacted the customer; it can be claimed again.
group-taken-back = A dispatcher took ticket { $ticket } back; it can be claimed again.
release-reason = Why do you give it back? Choose a reason, or write one. The customer will not see it.
release_reasons-far = Too far away
release_reasons-busy = No time
release_reasons-trade = Not my trade
release_reasons-parts = Parts missing
release_reasons-unreachable = Customer unreachable
release_reasons-other = Another reason
release_reasons-type = Please write one line.

## The promise, and contact
promise-by = { $by }
promise-late = { $by } (over)
promise-kept = { $by }, contacted { $minutes } min before
promise-missed = { $by }, contacted { $minutes } min late
promise-paused = stopped until the customer answers
promise-warn-open = Nobody has claimed ticket { $ticket }; { $minutes } min are left of the promised time.
promise-warn-claimed = Ticket { $ticket }: { $technician } has not contacted the customer; { $minutes } min are left of the promised time.
promise-warn-yours = Ticket { $ticket }: please contact the customer; { $minutes } min are left of the promised time.
promise-truth-open = Ticket { $ticket }: we promised an answer by { $by }, but no technician has taken it yet. It may take a little longer; we are sorry and are working on it. { hotline-line }
promise-truth-claimed = Ticket { $ticket }: we promised an answer by { $by }. { $technician } has taken it but may contact you a little later; we are sorry. You can also call { $phone }. { hotline-line }
promise-truth-open-late = Ticket { $ticket }: we promised an answer by { $by } and did not keep it. No technician has taken it yet; we are sorry and are working on it. { hotline-line }
promise-truth-claimed-late = Ticket { $ticket }: we promised an answer by { $by } and did not keep it; we are sorry. { $technician } has taken it and will contact you as soon as possible. You can also call { $phone }. { hotline-line }
promise-over-open = ‼ Ticket { $ticket } is past its promised time{ $minutes ->
    [0] {""}
   *[other] { " " }by { $minutes } min
} and nobody has claimed it. Please act now.
promise-over-claimed = ‼ Ticket { $ticket } is past its promised time{ $minutes ->
    [0] {""}
   *[other] { " " }by { $minutes } min
} and { $technician } ({ $phone }) has not contacted the customer. Please act now.
promise-over-yours = ‼ Ticket { $ticket } is past its promised time. Please contact the customer now.
lease-ask =
    Ticket { $ticket }: have you contacted the customer?
    Without an answer by { $by } it will be offered again.
contact-noted = { $ticket }: noted, you have contacted the customer.
contact-known = { $ticket }: that is noted already.
contacted-called = called the customer
contacted-written = wrote to the customer
contacted-visited = met the customer on site
unreached-noted = { $ticket }: the customer was asked to call back; the clock waits for them.
unreached-known = { $ticket }: the customer was asked already.
told-unreached = Ticket { $ticket }: { $technician } could not reach you at { $own }. Please call back at { $phone }, or write a line here; if the number is wrong, use the button below.
told-relay =
    Ticket { $ticket }, { $technician }:
    { $words }
relay-sent = Passed on to the customer ({ $ticket }).
relay-words-only = Only words can be passed on to the customer here.
danger-alert = <b>Dangerous: ticket { $ticket }</b>, { $fault }. Please take it at once!

## Progress
told-claimed = Ticket { $ticket }: { $technician } has taken your job and will contact you soon, phone { $phone }.
told-released = Ticket { $ticket }: another technician will come. We are looking for one now.
told-done =
    Ticket { $ticket }: the technician says it is done.
    Note: { $outcome }
told-done-answered =
    Ticket { $ticket }: the technician says it is done.
    Note: { $outcome }
    You tapped “{ $answer }”.
told-confirmed = Ticket { $ticket }: the customer confirms that it is fixed. Thank you.
told-not-fixed = Ticket { $ticket }: the customer says it is not fixed. Please contact them; the details are on the card above.
told-cancelled = Ticket { $ticket } was cancelled. Reason: { $why }. If you have questions, please contact us. { hotline-line }
told-cancelled-technician = Ticket { $ticket } was cancelled; no visit is needed. Reason: { $why }
told-closed = Ticket { $ticket } was closed. Note: { $why }
told-answer =
    Ticket { $ticket }, an answer from our desk:
    { $words }
told-note = Ticket { $ticket }: the customer added something; please see the card above.
told-file = Ticket { $ticket }: the customer sent another file; please look at it from the card above.
told-corrected = Ticket { $ticket }: the customer changed the phone or the address; please see the card above.
told-corrected-district = ‼ Ticket { $ticket }: the address is in another district now; please see the card above. If you cannot go there, tap “Release”.
customer-gone = Ticket { $ticket }: the customer has stopped the bot and receives nothing; whoever takes the job, please phone.
done-thanks = Ticket { $ticket } is done; the customer was asked to confirm.
done-thanks-phone = Ticket { $ticket } is done. The customer receives no messages: please ask them yourself or by phone; if it is not fixed, tell a dispatcher.
confirmed-thanks = Thank you! Ticket { $ticket } is closed.
not-fixed-taken = Sorry about that. Ticket { $ticket } is open again and the technician has been told.
note-passed = Passed on to the technician ({ $ticket }).
note-kept = Added to ticket { $ticket }.
cancelled-ticket = Ticket { $ticket } is cancelled.
closed-ticket = Ticket { $ticket } is closed and the customer has been told.
corrected = Ticket { $ticket } is updated.
done-outcome = What was done? One line; the customer will see it, e.g. replaced the cylinder, tested.
done-outcome-again = Please write one line.
cancel-outcome = Why is it cancelled? Please write one line.
cancel-outcome-again = Please write one line.
not_fixed-problem = What is still wrong? One line for the technician, or tap “Skip”.
not_fixed-problem-again = Please write one line, or tap “Skip”.
correct_phone-phone = Please send the new phone number.
correct_phone-phone-again = I need a phone number here, e.g. 13800000000.
correct_address-address = Please send the new address, e.g. 88 Century Avenue, Pudong, Shanghai.
answer-outcome = Your message to the customer:
answer-outcome-again = Please write one line.
answer-sent = Sent to the customer ({ $ticket }).
close-outcome = Closing note (the customer will see it):
close-outcome-again = Please write one line.

## Desk and crews
hand-which = Which crew should take { $ticket }?
hand-no-crew = There is no crew yet. An admin must add me to the technicians' group and send /bind.
assign-which = Who is to have { $ticket }? In brackets: their jobs now.
assign-nobody = Nobody else has worked for this crew yet. Hand it to another crew, or ask a technician to claim it in the group.
assign-not-member = { $technician } is no longer in this crew's group.
assign-unreachable = { $technician } has stopped the bot and receives nothing. Please call { $phone }
assign-has-it = { $technician } has this ticket already.
assigned = { $ticket } was given to { $technician }.
taken-back = { $ticket } was taken back and is offered again.
told-assigned = A dispatcher gave you ticket { $ticket }; please see the card above. If you cannot go, tap “Release”.
handed = { $ticket } was handed to { $crew }.
# The board: when tickets come too fast, one message in the group in place of a card each; the whole list in private.
board-title = <b>Board</b> · { $total } tickets to claim
board-hint = Tickets come faster than cards can. These are the { $shown } most urgent; the last button shows all of them in private, to claim there.
board-line = <b>{ $ticket }</b> · { $place } · { $fault } · { $due }
board-line-danger = ‼ <b>{ $ticket }</b> · { $place } · { $fault } · { $due }
board-by = answer by { $by }
board-late = late ({ $by })
board-planned = time to be agreed
button-claim-one = Claim { $number }
button-queue = See all { $total }
queue-title = <b>{ $crew }</b> · { $total } to claim · page { $page } of { $pages }
queue-empty = <b>{ $crew }</b> · nothing to claim right now.
queue-desk = The desk
queue-overview = <b>Tickets that wait</b>
queue-line = { $crew }: { $total }
queue-line-late = { $crew }: { $total }, of these { $late } past the promised time
queue-no-crew = You have not claimed for any crew lately. Send /queue in your crew's group.
queue-in-group = The button below shows what waits for this crew, in the private chat.
button-queue-open = Show what waits
button-queue-of = { $crew } ({ $total })
board-contacted = contacted
mine-title = <b>You have { $count } { $count ->
    [one] job
   *[other] jobs
}</b>
mine-empty = You have no jobs.
queue-not-yours = Only members of this crew and dispatchers can see this.
button-page-again = Refresh
button-page-last = Last page »

bind-anonymous = You are an anonymous administrator, so I cannot tell who you are. Please turn “Remain anonymous” off in your administrator rights and send /bind again.
bind-only-admin = Only an admin of the repair service can set up a crew.
bind-make-administrator = Please make me an administrator of this group (no special right is needed) and send /bind again. Only administrators are told who leaves.
bind-unknown-area = Not found: “{ $words }”. Nothing was set this time; please write it another way, best in full, e.g. <code>/bind Xingcheng, Liaoning</code> or <code>/bind 辽宁省葫芦岛市兴城市</code>. For all areas served, send /bind.
bind-several-areas = More than one place is called “{ $words }”. Nothing was set this time; please choose a line, tap it to copy it, and send it to this group:
bind-command = <code>/bind { $areas }</code>
bind-try-again = I cannot check right now whether I am an administrator here. Please send /bind again in a moment.
bind-in-group = Please send /bind in the crew's group.
bound-all = ✓ This group is now a crew for all districts served. New tickets appear here.
bound-areas = ✓ This group is now a crew for { $count ->
    [one] one area
   *[other] { $count } areas
}: { $areas }
bound-all-in-vain = ✓ This group is now a crew for all districts served.
bound-not-served = ⚠ Not among the areas served: { $areas }. Reports from there come to this group, but customers are told that the place is not served. To serve it, an admin sends me /districts in private and taps “Add areas”.
bound-none-served = ⚠ No area is served now, so no ticket comes to this group. Please have an admin send me /districts in private and tap “Add areas”.
bound-also-all = “{ $crew }” is also a crew for all areas served: new tickets go to both groups, and whoever claims first has them. To take turns or share the work, an admin sends me /crew in private.
bound-also = “{ $crew }” is also a crew for { $areas }: new tickets from there go to both groups, and whoever claims first has them. To take turns or share the work, an admin sends me /crew in private.
bound-turns-all = “{ $crew }” is also a crew for all areas served: crews take turns with new tickets, and after 10 minutes without a claim the next one is asked.
bound-turns = “{ $crew }” is also a crew for { $areas }: crews take turns with new tickets from there, and after 10 minutes without a claim the next one is asked.
bound-desk = ✓ This group is now the desk. Tickets that no crew covers appear here. Send /help here to see what can be done.

## Crews
crew-list = <b>Crews</b>
    Tap a crew to set what it repairs and when it works. Its areas are set with /bind in its group.
crew-none = There is no crew yet. Add me to the crew's group, then send /bind there.
crew-at-once = Where several crews cover the same place and fault, a ticket goes to all of them; whoever claims first has it.
crew-turns = Where several crews cover the same place and fault, they take turns; after 10 minutes without a claim the next one is asked.
button-crew-turns = Let crews take turns
button-crew-at-once = Ask all at once
crew-title = <b>{ $crew }</b>
crew-all-areas = all areas served
crew-all-faults = all
crew-all-langs = any
crew-open = Now: at work
crew-opens = Now: closed, opens { $at }
crew-never = Now: closed, also for the next two months
crew-minutes = { $minutes } min
crew-hint = Who gets a ticket: the nearer area first, then who is named for the fault, then who speaks the language; crews that are closed get none. If all are closed, the ticket waits at the desk for the first that opens.
crew-kept = Saved.
crew-gone = This crew is no longer there.
crew-unreadable = I did not understand that; please write it again.
button-on = ✓ { $what }
button-off = { $what }
button-crew-faults = Faults
button-crew-hours = Working hours
button-crew-days = Special days
button-crew-promise = Answer within
button-crew-all = ‹ All crews
button-crew-back = ‹ Back
button-crew-type = Write it
button-crew-today = Closed today
button-crew-add = Add days
button-crew-drop = Remove { $from } – { $to }
button-crew-drop-one = Remove { $from }
button-crew-usual = As usual ({ $minutes } min)
crew-faults = What does “{ $crew }” repair? Tap to choose, tap again to undo; none chosen means all.
crew-hours = When does “{ $crew }” work? Now:
crew-days = Special days of “{ $crew }”:
crew-days-none = “{ $crew }” has no special days.
crew-promise = Within how many minutes does “{ $crew }” claim a ticket and contact the customer?
hours-always = Always
hours-8-18 = Daily 8:00–18:00
hours-9-21 = Daily 9:00–21:00
hours-mon-sat = Mon–Sat 9:00–18:00
hours-line = { $days } { $hours }
weekday-0 = Mon
weekday-1 = Tue
weekday-2 = Wed
weekday-3 = Thu
weekday-4 = Fri
weekday-5 = Sat
weekday-6 = Sun
weekday-all = Daily
weekdays = { $from }–{ $to }
holiday-one = { $from } { $hours }
holiday-several = { $from } to { $to } { $hours }
holiday-closed = closed
crew_hours-hours = <b>When does it work?</b> For example: Mon-Fri 9-18, Sat 10-16. Days that you leave out are free.
crew_hours-hours-again = Please write the hours, e.g. daily 8-20.
crew_days-days = <b>Which days are closed, or have other hours?</b> For example: 10.1-10.7 closed; 2027-02-10 10-16.
crew_days-days-again = Please write the days, e.g. 10.1-10.7 closed.
added-administrator = Hello. An admin of the repair service can send /bind here to make this group a crew (/bind desk for the desk).
added-member = Hello. Please make me an administrator first; then an admin of the repair service can send /bind.
added-not-administrator = I am in “{ $crew }” now, but not as an administrator, so it cannot become a crew yet. Add me under group settings, Administrators (no special right is needed), then send /bind in the group.
group-barred = I may not write in “{ $crew }”; its tickets went to other crews or to the desk. Allow me to write there (making me an administrator is enough), then send /bind in the group again.
group-lost = I was removed from “{ $crew }”. Its tickets went to other crews or to the desk.
group-tickets = Now at the desk: { $tickets }

## Figures, history of a ticket
stats-title = <b>Figures</b> · { $day } { $at }
stats-now = Open: { $open }, of these unclaimed: { $unclaimed }
stats-today = <b>Today</b>
stats-week = <b>Last 7 days</b> (today included)
stats-new = New: { $new }
stats-ended = Finished: { $ended }
stats-with-cancelled = { $ended } ({ $cancelled } cancelled)
stats-median = Time to claim, median: { $span }
stats-p90 = Time to claim, 90th percentile: { $span }
stats-kept = Contacted within the promised time: { $share }
stats-share = { $percent }% ({ $kept } of { $decided })
stats-minutes = { $count } min
ticket-which = Please add the ticket's number, e.g. /ticket 1024.
history-title = <b>History of { $ticket }</b>
history-earlier = { $count } earlier { $count ->
    [one] entry is
   *[other] entries are
} not shown
history-line = { $at } · { $who }: { $what }
history-line-note = { $at } · { $who }: { $what }: “{ $note }”
history-program = program
history-customer = customer
history-admin = admin
history-dispatcher = dispatcher
event-submitted = reported the fault
history-trial = sent the test ticket
event-claimed = claimed it
event-released = released it
history-released = released it ({ $why })
history-assigned = gave it to { $technician }
event-assigned = gave it to a technician
event-taken_back = took it back
event-lapsed = took it back: the customer was not contacted in time
event-done = done
event-confirmed = confirmed that it is fixed
event-not_fixed = said that it is not fixed
event-cancelled = cancelled it
event-closed = closed it
event-answered = answered the customer
event-corrected = corrected phone or address
event-note = added a note
event-handed = handed it to a crew
history-handed = handed it to “{ $crew }”
event-to_desk = moved it to the desk
event-left = the technician left the crew's group
event-overdue = the promised time passed
event-contacted = contacted the customer
event-unreached = could not reach the customer
event-relayed = wrote to the customer

## Command menu
command-report = Report a fault
command-status = My tickets
command-cancel = Cancel the form
command-help = Help
command-language = 语言 / Language
command-privacy = Privacy
command-stats = Figures
command-ticket = Look up a ticket by its number
command-mine = My jobs
command-queue = Tickets that wait
command-setup = Set up the service
command-crew = Crews: faults, hours, order
command-districts = Areas served
command-hotline = Hotline
command-admins = Admins

## Admins
about = Repairs for safes, locks and appliances: report a fault in under a minute and see how it stands at any time. Tap “Start”, then “Report a fault”.
about-short = Repair service: report a fault in a minute, see how it stands.
admin-first = You are the admin now; the link is used up. Follow the guide below: in a few minutes your crew can take jobs.
admin-now = You are an admin now; the link is used up. The guide shows what is set up already.
admin-already = You are an admin already. The link was not used up: you can pass it on.
admin-joined = { $who } is an admin now, invited by { $inviter }. If you do not know them, send /admins and remove them.
admin-joined-yours = { $who } accepted your invitation and is an admin now. If you do not know them, send /admins and remove them.
link-dead = This link has been used or has expired. Please ask an admin for a new one.
admins-title = <b>Admins</b> ({ $count })
admins-line = • { $who }
admins-line-self = • { $who } (you)
admins-line-appointed = • { $who }, named by BAOXIU_ADMINS
admins-line-self-appointed = • { $who } (you), named by BAOXIU_ADMINS
invite-link =
    Pass this link to the new admin. It works once, until { $until }; whoever opens it first becomes an admin.
    { $link }
dismiss-sure = Shall { $who } no longer be an admin?
dismiss-self-sure = Do you want to step down as an admin? Another admin must invite you to come back.
dismiss-last = There must be at least one admin. Invite another one first.
dismiss-gone = This person is no longer an admin.
dismiss-appointed = This admin is named by BAOXIU_ADMINS and cannot be removed here: take the id out there, restart, and come back.
dismissed-self = You are no longer an admin.
dismissed-you = You are no longer an admin.
dismissed-left = { $who } has stepped down as an admin.
dismissed-told = { $by } removed the admin { $who }.
demoted = I am no longer an administrator of “{ $crew }”, so I am not told who leaves. Please add me again under group settings, Administrators (no special right is needed).
button-dismiss = Remove { $who }
button-dismiss-sure = Remove
button-invite = Invite an admin
button-admins = List of admins

## Guide
guide-title = <b>Setup guide ({ $step }/{ $steps })</b>
guide-title-done = <b>Everything is set up; jobs can come in</b>
guide-line = { $mark } { $part }: { $state }
guide-name-groups = Crew's group
guide-name-districts = Districts
guide-name-hotline = Hotline
guide-name-trial = Test ticket
guide-name-admins = Admins
guide-state-districts = { $count ->
    [one] one area
   *[other] { $count } areas
}
guide-state-hotline = { $hotline }
guide-state-trial = passed
guide-state-trial-sent = sent, waiting for a technician to claim it
guide-state-trial-claimed = claimed, waiting for the technician to tap “Done”
guide-state-admins = { $count }
guide-groups =
    Tap the first button, choose the technicians' group and confirm: I join it as an administrator. I need no special right, but only administrators are told who leaves.
    “✓ This group is now a crew” appears there; if it does not, send /bind in that group.
    For a dispatchers' group use the second button. Without one, tickets that no crew takes come to the admins.
guide-districts = A list was filled in to begin with; tap “See the list” to read it. To add or remove some, tap a button and write names of provinces, cities or districts; it takes effect at once. If you serve only a few, tap “Keep only…”.
guide-hotline = Customers see this number wherever they may be stuck.
guide-trial = This puts a test ticket into the crew's group. Ask a technician to claim it and to tap “Done”: you see whether every step works. It counts nowhere and is removed when it is through.
guide-admins = Two admins are safer than one. A link works once, within 24 hours.
guide-done = To change something, tap a button below, or send /setup at any time.
button-guide = Set up
button-add-crew = Add me to the crew's group
button-add-desk = Add me to the dispatchers' group
button-serve = Add areas
button-unserve = Remove areas
button-districts = See the list
button-keep = Keep only…
button-clear = Remove all
button-clear-sure = Yes, remove all
button-that-is-all = That is all
button-page-before = ‹ Previous page
button-page-after = Next page ›
button-page-back = ‹ Back
button-as-it-is = Looks good
button-hotline = Set the hotline
button-trial = Send a test ticket
button-end-trial = Remove the test ticket
button-later = Later
button-part-before = ‹ Previous
button-part-after = Next ›
districts-title =
    <b>Areas served</b> ({ $count })
    { $each }
districts-none = ⚠ No area is served now: customers who report a fault are told that they are outside the areas served, and their tickets only go to the dispatchers (or to a crew that was bound to that very area). Please tap “Add areas”.
districts-page = <b>Areas served</b> ({ $count } in all, page { $page } of { $pages })
districts-page-line = <b>{ $province }</b>: { $areas }
districts-ask-clear = Remove { $count ->
    [one] the only area
   *[other] all { $count } areas
} from the list? Until you add new ones, every report counts as outside the areas served.
districts-cleared = ✓ The list is empty now.
districts-kept = ✓ Your areas are kept; { $count ->
    [one] one other area is
   *[other] { $count } other areas are
} no longer served.
districts-noted = Noted: { $areas }
areas-unknown = Not found: { $words }. Please write it another way, best in full, e.g. Xingcheng, Liaoning or 辽宁省葫芦岛市兴城市.
areas-which = { $count } places are called “{ $words }”. Which one? Tap a button, or write the name in full.
areas-long = That is too much at once. Please write it in several messages.
areas-which-later = Still to choose after this: { $words }.
districts-added = ✓ Added { $count ->
    [one] one area
   *[other] { $count } areas
}: { $areas }
districts-added-none = Served already: { $areas }
districts-removed = ✓ Removed { $count ->
    [one] one area
   *[other] { $count } areas
}: { $areas }
districts-removed-none = Not in the list anyway: { $areas }
serve-areas = Which more areas do you serve from now on? Write one or more names, with commas between them, e.g. Xingcheng, Yanchang County, or Liaoning Province.
serve-areas-again = Please write the name of a place, e.g. Xingcheng.
unserve-areas = Which areas do you no longer serve? Write one or more names, with commas between them, e.g. Xingcheng, Yanchang County, or Liaoning Province.
unserve-areas-again = Please write the name of a place, e.g. Xingcheng.
keep-areas = Which areas alone do you serve? Write one or more names, with commas between them, e.g. Xingcheng, Yanchang County, or Liaoning Province. Nothing changes before all are clear and you have confirmed.
keep-areas-again = Please write the name of a place, e.g. Xingcheng.
keep-sure = <b>Keep only these, and serve no others any more?</b>
keep-sure-again = Please tap “Keep only these”, or “Cancel” to change nothing.
keep_sure-yes = Keep only these
label-sure = Confirm
label-areas = Areas
hotline-hotline =
    { $hotline ->
        [none] There is no hotline.
       *[other] The hotline is <b>{ $hotline }</b>.
    }
    Please send the new number, e.g. 400-800-1234. No hotline? Send “skip”.
hotline-hotline-again = This number cannot be dialled. Write for example 400-800-1234, 13800000000, 95588, 12345, or with its area code 0429-5123456; with an extension, 0411-1234567 ext. 801.
label-hotline = Hotline
hotline-set = { $hotline ->
    [none] ✓ No hotline is shown now.
   *[other] ✓ Hotline set to <b>{ $hotline }</b>.
}

## Test ticket
card-title-trial = 🧪 <b>TEST 测试</b> · ticket { $ticket } · { $at }
status-trial-open = Status: open
status-trial-claimed = Status: claimed by { $technician } ({ $at })
trial-crew = This is a test: there is no customer, nobody needs to go. Please tap “Claim”, then “Done”.
trial-technician = This is a test: there is no customer to call. Please tap “Done” and write a word.
trial-customer = The test ticket is in the crew's group. When a technician has claimed and finished it, it is removed.
trial-no-crew = There is no crew yet. Add me to the technicians' group first.
trial-claimed = Test ticket { $ticket }: { $technician } has claimed it.
trial-done = The test is done, thank you. Test ticket { $ticket } was removed.
trial-passed = ✓ The test has passed: { $technician } finished test ticket { $ticket }, and it was removed.
trial-ended = Test ticket { $ticket } was removed.

## Program
parked = An update failed several times and was set aside (number { $task }). Please contact the person; on the server, baoxiu parked shows it, tries it again or drops it.

## Notices
command-broadcast = Send a notice to many
command-mute = No more news
command-unmute = News again
button-send = Send
button-pause = Pause
button-go-on = Go on
button-stop = Stop
label-post = Message
label-audience = To
label-area = Area
broadcast-post = <b>What do you want to send?</b> Send one message: text (formatting is kept), a photo, a video or a file, with a caption if you like. Everybody gets it as you sent it.
broadcast-post-again = This kind of message cannot be sent to many. Please send text, a photo, a video, a voice message or a file.
post-album = One file at a time, please: one photo, one video or one file, with a caption if you like.
post-long = Too long: { $length } characters, at most { $most }. Please shorten it and send it again.
broadcast-audience = <b>To whom?</b>
broadcast-audience-again = Please tap one of the buttons to choose who gets it.
audiences-all = All customers
audiences-open = Customers with open tickets
audiences-area = Customers in one area
audiences-crews = The crews' groups
broadcast-area = <b>Which area?</b> A province, a city or a district, e.g. 兴城市, 葫芦岛市, 辽宁省 or Pudong, Shanghai.
broadcast-area-again = I did not find this area. Please write it another way, best in full, e.g. Xingcheng, Liaoning or 辽宁省葫芦岛市兴城市.
area-several = Several places have this name. Which one is it?
notice-preview = Preview; everybody will see it like this:
notice-preview-late = The preview could not be delivered to you, so nothing was sent. Please send /broadcast again later.
notice-refused = Telegram does not accept this message: the preview could not be shown, so nothing was sent. Please write it differently and send /broadcast again.
notice-nobody = No one matches this audience. Choose another. Your message is kept.
notice-nobody-later = No one matches this audience, so nothing was sent. Please send /broadcast again and choose another.
notice-title = <b>Notice { $notice }</b> · { $audience }
notice-ask = People who will get it: { $count }. Send it? Please decide within 5 minutes.
notice-ask-paid = Paid broadcast is on: about { $stars } Telegram Stars from the bot's balance.
notice-ask-groups = Groups that will get it: { $count }. Send it? Please decide within 5 minutes.
notice-expired = It was not confirmed within 5 minutes, so nothing was sent. To send it, please begin anew with /broadcast.
notice-decided = This was decided before.
notice-begins = Sending begins.
notice-dropped = Cancelled; nothing was sent.
notice-paused = Paused.
notice-goes-on = Going on.
notice-stops = Stopping.
notice-runs = Status: being sent
notice-waits = Status: waiting until the notice before it is sent
notice-is-paused = Status: paused
notice-stuck = Telegram is not taking messages at the moment. No need to do anything: sending goes on by itself.
notice-is-done = Status: sent
notice-is-stopped = Status: stopped
notice-counts = Sent { $sent } · unreachable { $unreachable } · failed { $failed } · left { $left }
notice-time-left = About { $minutes ->
    [one] 1 more minute
   *[other] { $minutes } more minutes
}
notice-result =
    <b>Notice { $notice } is sent</b>; it { $took }.
    Sent { $sent } · unreachable { $unreachable } · failed { $failed }
took-seconds = took { $count } s
took-minutes = took about { $count } min
notice-result-stopped =
    <b>Notice { $notice } was stopped</b>
    Sent { $sent } · unreachable { $unreachable } · failed { $failed } · not sent { $left }
notice-footer = <i>To stop these messages, send /mute</i>
muted = OK, no more news for you. You will still hear about your own tickets. Send /unmute to get news again.
unmuted = OK, you will get news. Send /mute when you want no more.

## The visit: from claim to done
stage-accepted = accepted
stage-accepted-button = Accepted
stage-accepted-customer = Progress: { $technician } has taken the job and will contact you
stage-on_the_way = on the way
stage-on_the_way-button = On my way
stage-on_the_way-customer = Progress: { $technician } is on the way, expected { $eta }
stage-on_the_way-push = Ticket { $ticket }: { $technician } is on the way, expected { $eta }, phone { $phone }.{ $code ->
    [none] {""}
   *[other] { " " }Whoever comes must be able to say the 4 digits { $code }.
}
stage-arrived = arrived
stage-arrived-button = Arrived
stage-arrived-customer = Progress: { $technician } has arrived
stage-arrived-push = Ticket { $ticket }: { $technician } says they have arrived.{ $code ->
    [none] {""}
   *[other] { " " }Before you open, let them say the 4 digits; yours are { $code }.
}
stage-working = at work
stage-working-button = Start work
stage-working-customer = Progress: { $technician } is at work
stage-waiting_parts = waiting for parts
stage-waiting_parts-button = Wait for parts
stage-waiting_parts-customer = Progress: waiting for parts; { $technician } will contact you when they are here
stage-waiting_parts-push = Ticket { $ticket }: a part is needed. { $technician } will contact you when it is here, phone { $phone }.
stage-waiting_customer = waiting for the customer
stage-waiting_customer-button = Wait for customer
stage-waiting_customer-customer = Progress: { $technician } waits to hear from you; please call { $phone } when it suits you
stage-waiting_customer-push = Ticket { $ticket }: { $technician } waits to hear from you. Please call { $phone } when it suits you, or write a line here.
stage-done = done
stage-done-button = Done
stage-done-customer = Progress: done
need-ownership = proof of ownership seen
need-ownership-button = ☐ Proof of ownership seen
label-stage = Progress
label-eta = Expected
label-photos = Photos of the result
label-amount = Charged
label-opinion = Rating
eta-eta = When will you be there? Tap, or type a time such as 14:30. The customer will see it.
etas-m15 = 15 min
etas-m30 = 30 min
etas-m45 = 45 min
etas-m60 = 1 hour
etas-m90 = 1½ hours
photos-photos = Please send one or more photos of the result; the customer will see them.
amount-amount = How much did you charge? Type the amount, e.g. 180; if nothing, use a button.
amounts-warranty = Nothing, under warranty
amounts-free = Nothing
visit-eta-unclear = I could not read that time, or it has passed. Please type a time of today, e.g. 14:30.
visit-photos-none = This step needs a photo, not only words.
visit-ticked = Noted: { $need }
visit-ticked-already = That is noted already.
visit-ticked-line = ☑ { $need } ({ $at })
visit-tick-first = Ticket { $ticket }: before you go on, please confirm with the button below: { $need }. Only who saw it and when is noted; take no photo and no copy.
visit-not-from-here = Ticket { $ticket } stands at “{ $stage }”; that step does not follow from there. Please look at the latest card.
visit-moved = { $ticket }: { $stage }
visit-code = Arrival code: <b>{ $code }</b>. Whoever comes must be able to say these 4 digits; if not, do not open.
visit-code-technician = Arrival code: <b>{ $code }</b>. Say it to the customer at the door.
visit-button-stranger = They cannot say the code
visit-button-progress = Progress
visit-stranger-known = You reported that at { $at }; the dispatchers have it.
visit-stranger-desk =
    <b>‼ { $ticket }: whoever came cannot say the arrival code</b>
    The job is { $technician }’s ({ $phone }). Please check at once and call the customer: { $customer }, { $address }. { hotline-line }
visit-stranger-advice =
    <b>Please do not open yet.</b> The dispatchers know (ticket { $ticket }) and check at once.
    The job is { $technician }’s, phone { $phone }: call it and see whether the phone at your door rings. If you feel in danger, call 110. { hotline-line }
visit-fixed = Is it fixed?
visit-silence = If we do not hear from you by { $by }, we take it as fixed and close the ticket.
visit-late-technician = Ticket { $ticket }: you expected to be there at { $eta }. Are you? If not, please give a new time; the customer is waiting.
visit-late-customer = Ticket { $ticket }: { $technician } is later than the expected { $eta }. We are asking; you can also call { $phone }. { hotline-line }
visit-not-fixed-desk = { $ticket }: the customer says it is not fixed. It is back with { $technician } ({ $phone }).
visit-settled = We have not heard from you, so ticket { $ticket } is closed as fixed. If anything comes up again, please report it anew.
visit-settled-technician = Ticket { $ticket }: the customer had no complaint; it is closed.
progress-title = <b>Progress of ticket { $ticket }</b>
progress-line = { $at } { $what }
progress-submitted = we received your report
progress-claimed = a technician took the job
progress-released = somebody else is being found
progress-handed = passed on to the right people
progress-contacted = the technician contacted you
progress-unreached = the technician could not reach you by phone
progress-corrected = phone or address corrected
progress-stranger = you reported that whoever came could not say the code
progress-done = the technician said that it is done
progress-not-fixed = you said that it is not fixed
progress-confirmed = you confirmed that it is fixed
progress-settled = no complaint, closed
progress-closed = closed
progress-cancelled = called off
rating-ask = How was { $technician }’s service? 5 is best.
rating-button = { $stars }
rating-button-opinion = Say a word
rating-thanks = Thank you! Ticket { $ticket }: you gave { $technician } { $stars } of 5. You can change it for a week.
rating-thanks-bad = We are sorry. Ticket { $ticket }: you gave { $stars } of 5; the dispatchers know and will contact you. You can change it for a week.
rating-same = You gave { $stars } already.
rating-over = The rating of ticket { $ticket } cannot be changed any more.
rating-noted = Thank you, your words are noted ({ $ticket }).
rating-opinion = Please write a line; only our people see it.
rating-opinion-again = Please write a line of text.
rating-bad = <b>{ $ticket } got only { $stars } of 5</b>, technician: { $technician }. Please contact the customer: { $phone }.
rating-bad-words =
    <b>{ $ticket } got only { $stars } of 5</b>, technician: { $technician }. Please contact the customer: { $phone }.
    They say: { $words }
rating-line = Rating: { $stars } of 5
rating-line-words = Rating: { $stars } of 5, “{ $words }”
event-stage = progress
history-stage = { $from } → { $to }
event-ticked = ticked
history-ticked = { $need }
event-stranger = reported that whoever came cannot say the code
event-settled = no complaint, closed
event-rated = rated
history-rated = gave { $stars } of 5
event-opinion = wrote about it

# Callers
command-call = Report a fault for a customer on the phone
caller-fault = <b>A caller: what is wrong?</b> Choose one or write it. Or all in one line, e.g. /call leak, 88 Century Avenue, Pudong, 13800000000 Ms Wang
caller-fault-again = I did not get that. Please choose the closest one, or say it differently, e.g. forgot the code.
caller-destination = What would they like done? For a move, write where to; for an installation, write what.
caller-destination-again = Please write a few words, e.g. move to another address in town; install a new safe.
caller-problem = What does the customer say? Or tap “Skip”.
caller-address = <b>The customer's address?</b> Write it any way you like, in English or Chinese, e.g. 88 Century Avenue, Pudong, Shanghai.
caller-phone = <b>The customer's phone number?</b> Add a name if you like, e.g. 13800000000 Ms Wang.
caller-phone-again = I need a phone number here, e.g. 13800000000 or 0429-5123456.
caller-name = What is the customer's name? Or tap “Skip”.
caller-name-again = Please write a name, e.g. Ms Wang.
caller-when = <b>When would suit the customer?</b> You can also write a time, e.g. Saturday afternoon.
caller-review =
    <b>Please check with the customer:</b>
    { $fields }

    If it is right, tap “Submit”.
caller-taken = Taken: ticket { $ticket }. Please phone the customer about any change; if they use Telegram, pass the link on, and they will hear from us here.
caller-taken-promised = Taken: ticket { $ticket }. Please tell the customer: somebody will contact them by { $by }. Please phone them about any change; if they use Telegram, pass the link on, and they will hear from us here.
caller-line = ☎ The customer phoned and receives no messages: please phone them.
caller-code = Arrival code: { $code } (please tell the customer on the phone)
caller-phone-them = The customer phoned and receives no messages. Please call { $phone }.
button-join-link = Link for the customer
button-reopen = Not fixed, go again
join-link =
    Ticket { $ticket }: pass this link to the customer (by text message or so, phone { $phone }), or show it as a QR code. Whoever opens it first becomes the customer of this ticket.
    { $link }
link-joined = Ticket { $ticket }: the customer is in Telegram already.
joined = Hello! This is your ticket { $ticket }. From now on you will hear about it here.
join-dead = This link has been used or is no longer valid. If you need help, please contact us. { hotline-line }
told-joined = Ticket { $ticket }: the customer has joined in Telegram. Reply to the card above to write to them.
told-corrected-desk = Ticket { $ticket }: changed as you said on the phone; please see the card above.
reopened = Ticket { $ticket } is open again and the technician has been told.
unreached-noted-phone = { $ticket }: the dispatchers were told; the clock waits until the customer calls back.
told-unreached-desk = Ticket { $ticket }: { $technician } ({ $phone }) could not reach the customer at { $own }. The customer phoned us and is not in Telegram; please try again. Once they were reached, the technician taps “I called them”.
promise-truth-phone = Ticket { $ticket }: we promised an answer by { $by } and may be late. The customer phoned us and is not in Telegram; please tell them at { $own }.
event-joined = joined in Telegram
progress-joined = you joined in Telegram

# The morning list
command-today = What to look after today
morning-title = <b>To look after on { $day }</b> ({ $open } in progress)
morning-overdue = { $count } broke their promised time in the last 24 hours.
morning-missed = <b>Past the promised time, customer not contacted</b> ({ $count })
morning-unreachable = <b>Customer cannot be reached, please phone</b> ({ $count })
morning-today = <b>Visits today</b> ({ $count })
morning-stuck = <b>No progress for more than a day</b> ({ $count })
morning-line-missed = • { $ticket } { $place } { $fault }: answer promised by { $by }, { $who }
morning-line-unreachable = • { $ticket } { $place } { $fault }: { $phone }, { $who }
morning-line-at = • { $ticket } { $at } { $place } { $fault }: { $who }
morning-line-today = • { $ticket } { $place } { $fault }: { $who }
morning-line-stuck = • { $ticket } { $place } { $fault }: nothing since { $since }, { $who }
morning-nobody = not taken
morning-more = … and { $count } more
morning-unseen = Too many tickets: { $count } more were not looked at.
morning-clear = Nothing to look after.

# The same fault again
duplicate-hint = You reported the same fault ({ $fault }) at { $at }, and ticket { $ticket } is still open. If it is the same matter, tap below to add this to it; if it is another one, just submit.
button-add = Add to { $ticket }
duplicate-added = Added to ticket { $ticket }; no new ticket was made. Its phone and address stay; to change them use the buttons of its card.
event-repeated = reported it again, added here
progress-repeated = you reported the same fault again; it was added here
told-repeated = Ticket { $ticket }: the customer reported the same fault again, with nothing new; please contact them soon.

# Recording the repair
recording-button = Record the repair
recording-button-on = Recording ({ $count })
recording-button-wish = I agree, ask the other side
recording-button-agree = I agree
recording-button-refuse = I do not
recording-button-withdraw = Take it back
recording-button-stop = Stop recording
recording-button-show = Records ({ $count })
recording-button-more = More
recording-offer = Ticket { $ticket }: the repair can be kept in photos and videos. It begins when both of you agree, and either can stop it at any time.
recording-wish-of-customer = Ticket { $ticket }: the customer would like the repair to be recorded. Do you agree? You may say no.
recording-wish-of-technician = Ticket { $ticket }: { $technician } would like to record the repair. Do you agree? You may say no.
recording-terms = Kept are the photos and videos that are sent, when and by whom, and their SHA-256 checksums, which show that nothing was changed. Only the customer, the technician and the dispatchers can see them. They are deleted { $days } days after the ticket ends, unless it was said not to be fixed.
recording-asked = Ticket { $ticket }: the other side has been asked; it begins when they agree.
recording-on = Ticket { $ticket }: both agree, recording begins. Photos and videos sent here are kept; tap “Recording” to stop at any time.
recording-is-on = Ticket { $ticket }: recording, { $count } { $count ->
    [one] file
   *[other] files
 } so far.
recording-refused = Ticket { $ticket }: recording was not agreed to; nothing is kept.
recording-withdrawn = Ticket { $ticket }: the wish to record was taken back.
recording-ended = Ticket { $ticket }: recording has stopped; what is sent from now on is not kept. Files kept: { $count }.
recording-taken = Ticket { $ticket }: kept. Files so far: { $count }.
recording-taken-album = Ticket { $ticket }: the album is kept.
recording-taken-big = Ticket { $ticket }: kept. Files so far: { $count }. This one is bigger than 20 MB, which a bot cannot fetch: only Telegram's id of it is kept.
recording-full = Ticket { $ticket }: at most { $most } files are kept; this one was not.
recording-none = Ticket { $ticket }: nothing was recorded.
recording-title = <b>Records of ticket { $ticket }</b> ({ $count })
recording-line = { $n }. { $at } { $kind }, { $by }
    { $sum }
recording-photo = photo
recording-video = video
recording-file = file
recording-by-customer = the customer
recording-sum = SHA-256 { $sum }
recording-sum-waits = checksum being computed
recording-sum-too-big = bigger than 20 MB, Telegram's file id { $id }
recording-sum-missing = could not be fetched, Telegram's file id { $id }
event-recording_wished = would like the repair recorded
event-recording_agreed = agreed, recording begins
event-recording_refused = did not agree to recording
event-recording_ended = stopped recording
event-recorded = sent a record
progress-recording-wished = somebody wished the repair to be recorded
progress-recording-agreed = both agreed, recording began
progress-recording-refused = recording was not agreed to
progress-recording-ended = recording stopped

## Quote and charge
label-price = Quote
label-labour = Labour
label-parts = Parts
label-call_out = Call-out
label-included = Included
label-above = Reason for the charge
quote-button = Quote
quote-button-anew = New quote
quote-button-withdraw = Withdraw quote
quote_answers-accept = Accept
quote_answers-decline = Decline
quote-price = How much will it cost? One line is enough, for example: labour 150 parts 80 call-out 50. Or one amount for all: total 280. You can also fill it in part by part.
quote-labour = How much for labour? Type the amount, for example 150.
quote-parts = How much for parts? Type the amount, for example 80.
quote-call_out = How much for the call-out? Type the amount, for example 50. If the customer declines, only this is charged.
quote-included = What is included? You can write a line for the customer, for example: one imported cylinder, one year of warranty. Or tap “Skip”.
quote-included-again = Please write a few words, or tap “Skip”.
quote_ways-steps = Part by part
quote_fees-none = None
price-unclear = I could not read that amount. Please type numbers and what they are for only, for example: labour 150 parts 80 call-out 50, or total 280. Two decimals at most.
price-unclear-amount = I could not read that amount. Please type a number only, for example 150 or 49.5. Two decimals at most.
price-too-much = That is too much; { $most } is the most. Please check it.
price-sum = The parts add up to { $sum }, not to the total of { $said }. Please check and type it again.
quote-sent = Ticket { $ticket }: the quote of { $total } has been sent to the customer. You can start once they accept it.
quote-unreached = Ticket { $ticket }: the quote of { $total } has been noted, but the customer has stopped the bot and cannot read it. Please call { $phone } and ask them to start the bot again; /status shows them the quote.
quote-offer = <b>Ticket { $ticket }: quote from { $technician }</b>{ $version ->
    [1] {""}
   *[other] {" "}(version { $version })
}
quote-total = <b>Total: { $total }</b>
quote-replaces = If you accept, it replaces the quote of { $total } that you accepted before.
quote-ask = Work begins only when you have accepted.
quote-ask-call-out = Work begins only when you have accepted. If you decline, only the call-out fee of { $call_out } is charged.
quote-tap = Please tap a button to answer.
quote-accepted = <b>You have accepted it.</b>
quote-declined = <b>You have declined it.</b>
quote-told-accepted = Ticket { $ticket }: the customer has accepted the quote of { $total }. You can start work.
quote-told-declined = Ticket { $ticket }: the customer has declined the quote of { $total }. You can make a new quote; or tap “Done” and charge the call-out fee only; or tap “Release”.
quote-told-why = Ticket { $ticket }: why the customer declined the quote: { $why }.
quote-told-why-words = Ticket { $ticket }: the customer has said why they declined the quote; see the card above.
quote-why-noted = Thank you, the technician has been told ({ $ticket }).
quote-told-withdrawn = Ticket { $ticket }: { $technician } has withdrawn the quote of { $total }. You need not answer it.
quote-withdrawn = { $ticket }: the quote of { $total } is withdrawn.
quote-nothing-open = Ticket { $ticket } has no quote that could be withdrawn.
quote-fell = The earlier quote of { $total } no longer holds; the next technician will tell you the price.
quote-fell-alone = Ticket { $ticket }: the earlier quote of { $total } no longer holds; the next technician will tell you the price.
quote-stale-accepted = You have accepted this quote already. To change that, please ask the technician for a new quote.
quote-stale-declined = You have declined this quote. If you have changed your mind, please ask the technician for a new quote.
quote-stale-replaced = This quote has been withdrawn or replaced. Please look at the newest one; /status shows it.
quote-first-open = Ticket { $ticket }: the customer has not answered the quote of { $total } yet, so you cannot go on. Wait for them to accept it, make a new quote, or withdraw it.
quote-first-declined = Ticket { $ticket }: the customer has declined the quote of { $total }, so work cannot begin. Make a new quote or withdraw this one; if nothing is to be repaired, tap “Done” and charge the call-out fee only, or tap “Release”.
quote-first-missing = Ticket { $ticket }: this kind of fault needs a quote first. Work can begin once the customer has accepted it.
quote-line-open = Quote: { $total }, waiting for your answer
quote-line-declined = Quote: { $total }, you have declined it
quote-line-accepted = Quote: { $total }, you have accepted it
quote-line-charged = Quote: { $total }, paid; nothing more to pay
quote-staff-open = Quote: { $price }, waiting for the customer
quote-staff-declined = Quote: { $price }, declined by the customer
quote-staff-declined-why = Quote: { $price }, declined by the customer ({ $why })
quote-staff-accepted = Quote: { $price }, accepted by the customer
quote-staff-charged = Quote: { $price }, charged last time; nothing more to charge
quote-history-quoted = quoted { $to }
quote-history-anew = changed the quote from { $from } to { $to }
quote-history-accepted = accepted the quote of { $to }
quote-history-accepted-anew = accepted a quote of { $to } instead of { $from }
quote-history-declined = declined the quote of { $to }
quote-history-why = why the quote was declined: { $why }
quote-history-withdrawn = quote of { $from } withdrawn
quote-progress-quoted = The technician quoted { $to }
quote-progress-accepted = You accepted the quote of { $to }
quote-progress-declined = You declined the quote of { $to }
quote-progress-withdrawn = The quote of { $from } was withdrawn
decline-reason = Would you tell us why? Tap a reason or write a few words; the technician will read it.
decline_reasons-dear = Too expensive
decline_reasons-think = I want to think about it
decline_reasons-unneeded = No repair needed any more
decline_reasons-other = Another reason
decline_reasons-type = Please write the reason in a few words.
amounts-quoted = As quoted, { $quote }
above-above = This is more than was agreed, or nothing was quoted. Please say why: tap a reason or write a few words. The customer reads it before confirming.
above_reasons-work = More work was done
above_reasons-parts = More parts were used
above_reasons-wrong = Wrong amount, type it again
charge-changed = Ticket { $ticket }: the quote has just changed. Please say again how much was charged.
charge-line = Charged { $amount }, quoted { $quote }
charge-nothing = Charged: { $amount } (quoted { $quote })
charge-declined = Charged { $amount }; the quote of { $quote } was declined
charge-why = Reason for the charge: { $why }
charge-covered = The quote of { $quote } that you paid covers this visit too; there is nothing more to pay.
charge-above-desk = { $ticket }: charged { $amount }, more than the { $agreed } agreed. Technician: { $technician } ({ $phone }). Reason: { $why }.
charge-alone-desk = { $ticket }: charged { $amount }, although nothing was agreed. Technician: { $technician } ({ $phone }). Reason: { $why }.
charge-history = charged { $to }, quoted { $from }
charge-history-why = charged { $to }, quoted { $from }; reason: { $why }
charge-history-alone = charged { $to }, which was not agreed; reason: { $why }
charge-progress-alone = Charged { $to }
charge-progress = Charged { $to }, quoted { $from }
event-quoted = made a quote
event-accepted = accepted the quote
event-declined = declined the quote
event-declined_why = said why the quote was declined
event-withdrawn = quote withdrawn
event-charged = noted what was charged
quote-by-phone = The customer phoned and cannot be sent a quote. Please agree on the price at { $phone } before you begin.

## Appointments
label-times = Times
label-appointment = Appointment
label-offered = Offered, the customer has not chosen
label-wish = When it suits you
label-wished = The customer would like
appointment-window = { $day }, { $from }–{ $to }
appointment-or = { $first }; { $second }
appointment-today = today, { $from }–{ $to }
appointment-tomorrow = tomorrow, { $from }–{ $to }
button-appoint = Offer times
button-move-visit = Change the time
button-visit-off = Cancel the appointment
button-pick = { $window }
button-other-time = None of these, I will say when
button-grant = Agree to { $window }
button-offer-others = Offer other times
button-calendar = Calendar file
appointment-times = <b>When can you come?</b> Tap one, or type up to three for the customer to choose from, e.g. tomorrow 9-11, Sat 2pm. A single time means two hours from then.
appointment-times-again = Please type a time, e.g. tomorrow 9-11, Sat 2pm.
appointment_times-today_afternoon = This afternoon
appointment_times-today_evening = This evening
appointment_times-tomorrow_morning = Tomorrow morning
appointment_times-tomorrow_afternoon = Tomorrow afternoon
appointment_times-after_morning = Day after tomorrow, morning
appointment_times-after_afternoon = Day after tomorrow, afternoon
appointment_wish-wish = <b>When would suit you?</b> Please type a time, e.g. Sat 2-4pm, or a sentence.
appointment_wish-wish-again = Please type a time, e.g. Sat 2-4pm.
appointment-unclear = I could not read that time. Please type the day and the time, e.g. tomorrow 9-11; Sat morning; 3 Dec 14:00. Put commas between several times.
appointment-past = That time has passed. Please type a later one, e.g. tomorrow 9-11; Sat morning.
appointment-far = Times can be at most 30 days ahead. Please type an earlier one, e.g. tomorrow 9-11; Sat morning.
appointment-many = You can offer { $most } times at once. Please type fewer.
appointment-phone = Ticket { $ticket }: the customer stopped the bot and gets no messages. Please call the number on the card to agree on a time.
told-offered =
    Ticket { $ticket }: { $technician } can come at these times. Please choose one.
told-offered-holds =
    Ticket { $ticket }: { $technician } would like to come at another time. Please choose one. Until you do, your appointment stays as it is: { $window }.
appointment-phone-tell = Ticket { $ticket }: the customer stopped the bot and does not get this message. Please call the number on the card.
remind-phone = The customer stopped the bot and gets no messages. Please call before you go.
board-agreed = appointment { $window }
next-agreed = Next: we tell you as soon as a technician has taken your job; they come at the agreed time.
status-technician-agreed = Status: yours ({ $at }). The customer has an appointment; please be on time.
appointment-choose = Time of the visit: please choose one below
appointment-wished = You would like: { $words }
appointment-picked = Ticket { $ticket }: you chose { $window }.
appointment-passed = That time has passed. Please choose another one, or tap “None of these, I will say when”.
appointment-stands = Ticket { $ticket }: this button is out of date. The appointment is { $window }.
appointment-newer = Ticket { $ticket }: these times are no longer offered. Please look at the latest message.
appointment-none = Ticket { $ticket }: this button is out of date. No appointment has been made.
told-agreed = Agreed. Ticket { $ticket }: { $technician } comes on { $window }, phone { $phone }. Open the file to add it to your calendar.
told-granted = Agreed, as you asked. Ticket { $ticket }: { $technician } comes on { $window }, phone { $phone }. Open the file to add it to your calendar.
told-picked = Ticket { $ticket }: the customer chose { $window }. Please be on time.
told-picked-moved = Ticket { $ticket }: the customer agrees to the change. The appointment is now { $window }. Please be on time.
appointment-granted = Ticket { $ticket }: { $window } is agreed and the customer was told. Please be on time.
told-wished = Ticket { $ticket }: the customer would like another time; please see the card above.
wish-passed = Passed on to { $technician } ({ $ticket }), who will answer you.
wish-passed-holds = Passed on to { $technician } ({ $ticket }). Until a new time is agreed, your appointment stays as it is: { $window }.
wish-kept = Noted ({ $ticket }); whoever takes the job will see it. Until a new time is agreed, your appointment stays as it is: { $window }.
visit-off = The appointment was cancelled: { $window }.
visit-off-yours = Ticket { $ticket }: the appointment on { $window } is cancelled. Your ticket stays open; the technician will offer you other times.{ $file ->
    [yes] {" "}Open the file to take it out of your calendar.
   *[no] {""}
}
told-visit-off = Ticket { $ticket }: we are sorry, { $technician } had to cancel the appointment on { $window }. Your ticket stays open and you will be offered other times; you can also call { $phone }.{ $file ->
    [yes] {" "}Open the file to take it out of your calendar.
   *[no] {""}
}
told-visit-off-technician = Ticket { $ticket }: the customer cancelled the appointment on { $window }; do not go there then. The ticket stays yours. Please offer other times.
told-released-agreed = Ticket { $ticket }: another technician will come. We are looking for one now; your appointment on { $window } is kept for you.
told-released-offers = Ticket { $ticket }: another technician will come. We are looking for one now, who will offer you other times.
told-claimed-agreed = Ticket { $ticket }: { $technician } has taken your job and comes at the agreed time, { $window }, phone { $phone }.
appointment-inherited = Ticket { $ticket }: the customer has an appointment on { $window }. Please be on time; if you cannot, change the time first.
remind-customer = Reminder for ticket { $ticket }: { $technician } comes { $window }, phone { $phone }. To change the time, tap “Change the time” on your ticket.
remind-technician = Reminder for ticket { $ticket }: you are expected { $window }. Tap below for the card; if you cannot go, change the time first.
remind-open-customer = Ticket { $ticket }: your appointment is { $window }. We are still looking for a technician and will tell you as soon as there is one. { hotline-line }
remind-open-staff = Ticket { $ticket }: the customer has an appointment { $window }, and nobody has claimed it.
late-customer = Ticket { $ticket }: the appointment was { $window }, but { $technician } has not told us that they are on the way. We are sorry and are asking; you can also call { $phone }. { hotline-line }
late-technician = Ticket { $ticket }: the appointment is { $window }. Are you on the way? Please tap below; if you cannot go, contact the customer at once.
late-open-customer = Ticket { $ticket }: the appointment was { $window }, but we have not found a technician. We are sorry; a dispatcher has been told and will contact you. { hotline-line }
late-open-staff = ‼ Ticket { $ticket }: the customer's appointment on { $window } has begun, and nobody has claimed it. Please contact the customer now.
contacted-offered = contacted the customer in the chat
calendar-summary = Repair visit { $ticket }
calendar-description = Ticket { $ticket }: { $fault }
calendar-yours = Ticket { $ticket }: { $window }. Open the file to add it to your calendar.
calendar-withdrawn = Ticket { $ticket }: the appointment on { $window } is cancelled. Open the file to take it out of your calendar.
history-offered = offered times: { $window }
history-agreed = agreed on a time: { $window }
history-moved = changed the time to { $window }
history-visit-off = cancelled the appointment on { $window }
event-offered = offered times
event-agreed = agreed on a time
event-wished = asked for another time
event-moved = changed the time
event-called_off_visit = cancelled the appointment
progress-offered = the technician offered times for the visit
progress-wished = you said which time would suit you
progress-agreed = agreed on a visit, { $window }
progress-moved = the visit was moved to { $window }
progress-visit-off = the appointment on { $window } was cancelled
appointment-by-phone = Ticket { $ticket }: the time agreed on the phone is noted, { $window }.
appointment-by-phone-one = The customer phoned and receives no messages: please agree on one time on the phone and write it here.

# Files of technicians
file-of-technician = This file belongs to no ticket. To keep it as a record of the repair, tap “Record the repair” on the ticket's card first and send it when both have agreed; photos of the result are asked for after “Done”. To report a fault of your own, send /report first.
appointment-over-desk = ‼ Ticket { $ticket }: the visit was to be { $window }; that time is over and nothing was heard of { $technician } ({ $phone }). Please act now.
