import type { loyalty as spanish } from '../es/loyalty.ts'

export const loyalty: Record<keyof typeof spanish, string> = {
  'card.title': 'Your card',
  'card.lead': 'Show it at the till. The code changes every half minute and is good once.',
  'card.qr': 'QR code of your card for the reader at the till',
  'card.number': 'Card number',
  'card.numberHint':
    'By the number alone they see your points and your tier. Your name and your offers, only by the code.',
  'card.left': 'Seconds left: 60',
  'card.stale': 'There is no connection and the code is over. Say your card number at the till.',
  'card.anyStore': 'Good in any of our shops.',
  'card.onlyStore': 'Good in {store} only.',
  'card.new': 'Another code',
  'card.none': 'You have no card yet',
  'card.noneAbout':
    'It costs nothing and is just a number: it collects points, and lets the shop know who you are when you want it to.',
  'card.ask': 'I would like a card',
  'card.issued': 'You have a card now.',
  'card.seen': 'What the shop sees',
  'card.seenNumber': 'If you say your number: your points and your tier. It does not see your name.',
  'card.seenCode':
    'If you show this code: your points, your tier, your name and the offers you have allowed.',
  'card.seenHistory': 'Each time is noted in your activity, with the shop.',
  'card.activity': 'See my activity',
  'security.activity.card-issued': 'We gave you a card',
  'security.activity.till-read-card': 'A shop read your card',
  'security.activity.till-code-sent':
    'We sent you a code for the till, because somebody asked for it with your card',
  'security.activity.till-code-repeated': 'Somebody showed a code of your card a second time',
  'overview.card': 'Your card',
  'overview.cardState': 'The code for the till, and what the shop sees',
  'mail.tillCode.subject': '{code} is your code for the till in {place}',
  'mail.tillCode.lead': 'Say this code to whoever serves you in {place}. It is good at that till only:',
  'mail.tillCode.until': 'Good until {at, time, clock}.',
  'mail.tillCode.notThere':
    'If you are not in {place}, say it to nobody: somebody has read your card number, and without the code they will not see your name.',
  'sms.tillCode':
    '{brand}: {code} is your code for the till in {place}. Say it to whoever serves you; if you are not there, to nobody.',
}
