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
    To cancel a ticket that a crew has, send /cancel and its number, e.g. /cancel 1024.
    /stats shows the figures; /ticket and a number shows what became of a ticket, e.g. /ticket 1024.
    To tell many people something, send /broadcast: you see a preview and how many get it, and confirm.

    <b>Customers:</b>
    /report report · /status my tickets · /cancel stop · /language language · /privacy privacy
    { hotline-line }
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
    Only what a repair needs: the fault, address, phone, name, what you wrote, and the pictures and videos you sent. It is encrypted in our database; pictures and videos stay with Telegram, we keep their ids only.

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
choice-type = Please type it, e.g. Saturday after 3 pm
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
label-crew = Crew

## Time
when-asap = As soon as possible (answer within { $minutes } min)
when-soon = Contact me as soon as possible
when-today = Today
when-tomorrow = Tomorrow
when-time = Another time
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
card-released = You released ticket { $ticket }; its details were taken back.
card-left-group = You left the crew's group; ticket { $ticket } is offered again and its details were taken back.
place-unknown = to be checked
served-yes = Served, but no crew covers it
served-no = Not served: please contact the customer
served-unknown = Served or not: to be checked
danger-crew = ‼ Dangerous: please take this first
next-promised = Next: we will call you; you will hear from us by { $by }.
next-planned = Next: the technician who takes the job will call you to agree on a time.
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
status-desk-claimed = Status: taken by { $technician } ({ $at })
status-desk-done = Status: done by { $technician }. { $outcome }
status-desk-closed = Status: closed. { $outcome }
status-desk-cancelled = Status: cancelled. Reason: { $outcome }
status-technician-open = Status: open
status-technician-claimed = Status: yours ({ $at }). Please call the customer first.
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
danger-alert = <b>Dangerous: ticket { $ticket }</b>, { $fault }. Please take it at once!

## Progress
told-claimed = Ticket { $ticket }: { $technician } has taken your job and will contact you soon, phone { $phone }.
told-released = Ticket { $ticket }: the technician cannot come. We are looking for another technician.
told-done =
    Ticket { $ticket }: the technician says it is done.
    Note: { $outcome }
    Is it fixed?
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
queue-not-yours = Only members of this crew's group can see this.
button-page-again = Refresh
button-page-last = Last page »

overdue-staff = ⏰ Ticket { $ticket } is past its promised time and nobody has claimed it. Please act now!
overdue-customer = Sorry, ticket { $ticket } is past its promised time and no technician has taken it yet. We are working on it. { hotline-line }
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
bound-all-first = ⚠ “{ $crew }” is also a crew for all areas served. A ticket goes to one group only: this one was set up first, so new tickets come here and “{ $crew }” gets none. To share the work, send /bind with its own areas in each group.
bound-all-second = ⚠ “{ $crew }” is also a crew for all areas served. A ticket goes to one group only: “{ $crew }” was set up first, so new tickets go there and this group gets none. To share the work, send /bind with its own areas in each group.
bound-same-first = ⚠ “{ $crew }” is also a crew for { $areas }. A ticket goes to one group only: this one was set up first, so new tickets from there come here and “{ $crew }” gets none of them.
bound-same-second = ⚠ “{ $crew }” is also a crew for { $areas }. A ticket goes to one group only: “{ $crew }” was set up first, so new tickets from there go to it and this group gets none of them.
bound-desk = ✓ This group is now the desk. Tickets that no crew covers appear here.
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
stats-kept = Claimed within the promised time: { $share }
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
event-overdue = nobody claimed it within the promised time

## Command menu
command-report = Report a fault
command-status = My tickets
command-cancel = Cancel the form
command-help = Help
command-language = 语言 / Language
command-privacy = Privacy
command-stats = Figures
command-ticket = Look up a ticket by its number
command-setup = Set up the service
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
