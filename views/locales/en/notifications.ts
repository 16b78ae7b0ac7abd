/** Notifications of this browser, and who may not ask on the telephone. */
export const notifications = {
  'security.calls': 'Calls',
  'security.callsLead':
    'When you call us we may ask you to confirm that it is you. You decide how we tell you, and who may ask.',
  'security.notifications': 'Notifications on this device',
  'security.callers': 'Who may not ask you',

  'notifications.title': 'Notifications on this device',
  'notifications.lead':
    'When you call us, this browser can tell you to confirm that it is you. Without notifications we send a text message or an email.',
  'notifications.says':
    'The notification says who is helping you and the words they must say. It is encrypted all the way to your browser and carries nothing else about you. Only you can confirm, with your passkey.',
  'notifications.turnOn': 'Turn on notifications here',
  'notifications.turnOff': 'Turn off notifications',
  'notifications.where': 'Where we tell you',
  'notifications.since': 'Since {at, date, day}',
  'notifications.asking': 'Your browser is asking you whether it may show notifications.',
  'notifications.denied':
    'Your browser does not let us show notifications. You can allow them for this page in its settings.',
  'notifications.failed': 'We could not turn on notifications. You can try again.',
  'notifications.withoutScript':
    'Notifications need JavaScript: it is the browser that asks for your permission. Until then we tell you by text message or email.',
  'notifications.unable':
    'This browser cannot show notifications. We will go on telling you by text message or email.',
  'notifications.needsPasskey':
    'Confirming a call takes a passkey. Add one, and then you can turn on notifications.',
  'notifications.needsProof': 'Before you turn on notifications, confirm with your passkey that it is you.',
  'notifications.prove': 'Confirm with my passkey',

  'callers.title': 'Who may not ask you',
  'callers.lead':
    'You said “That was not me” to a request on the telephone. Since then these applications cannot ask you to confirm that it is you.',
  'callers.none': 'Nobody is on this list',
  'callers.noneLead': 'If you say “That was not me” to a call, you will see here who made it.',
  'callers.since': 'May not ask you since {at, date, moment}.',
  'callers.ifLifted':
    'If you allow it again, {client} can ask you to confirm a call. Each time it is you who decides.',
  'callers.lift': 'Let it ask me',

  'security.activity.notifications-on': 'You turned on notifications in a browser',
  'security.activity.notifications-off': 'A browser stopped getting notifications',
  'security.activity.caller-lifted': 'You let somebody ask you on the telephone again',

  'flash.notifications-on': 'This browser tells you now.',
  'flash.notifications-off': 'We have turned off notifications in that browser.',
  'flash.caller-lifted': 'It may ask you again.',

  'error.push-subscription-refused':
    'We could not turn on notifications with what your browser answered. You can try again.',

  'mail.security.subject.notifications-on': 'A browser now tells about calls to your {brand} account',
  'mail.security.lead.notifications-on':
    'Notifications were turned on in a browser: when customer care asks for you, it is told there.',

  'push.callApproval.title': '{brand}: are you talking to us?',
  'push.callApproval.body':
    '{agent} is asking for you. Words: {message}. If you did not call, do not confirm.',
} as const
