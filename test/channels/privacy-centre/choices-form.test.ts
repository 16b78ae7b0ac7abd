import { expect, test } from 'vitest'
import { choicesBody, readChoices } from '../../../src/channels/choices-form.ts'

const shown = 'notice-marketing.direct|2|es|9XBgMjpFGPw2Xdniuc5kRLiBJfVbOmJzF6PZCygrtDs'
const notice = {
  id: 'notice-marketing.direct',
  version: '2',
  language: 'es',
  textHash: '9XBgMjpFGPw2Xdniuc5kRLiBJfVbOmJzF6PZCygrtDs',
}
const email = { 'shown.marketing.direct.email': shown }
const sms = { 'shown.marketing.direct.sms': shown }

test('an answer carries the wording it was given under', () => {
  const read = readChoices(
    { ...email, 'choice.marketing.direct.email': 'yes', decide: 'save' },
    { unanswered: 'not-answered' },
  )
  expect(read.choices).toEqual([
    { purpose: 'marketing.direct', contactChannel: 'email', answer: 'yes', notice },
  ])
})

test('what is left alone is a no only where the page says so', () => {
  expect(readChoices({ ...email, decide: 'save' }, { unanswered: 'no' }).choices[0]?.answer).toBe('no')
  expect(readChoices({ ...email, decide: 'save' }, { unanswered: 'not-answered' }).choices).toEqual([])
})

test('the button for everything outweighs single answers, in both directions alike', () => {
  for (const all of ['yes', 'no'] as const) {
    const other = all === 'yes' ? 'no' : 'yes'
    const fields = { ...email, ...sms, 'choice.marketing.direct.sms': other, all }
    const { choices } = readChoices(fields, { unanswered: 'not-answered' })
    expect(choices.map(({ answer }) => answer)).toEqual([all, all])
  }
})

test('later puts off everything shown, even what was already pressed', () => {
  const fields = { ...email, 'choice.marketing.direct.email': 'yes', decide: 'later' }
  expect(readChoices(fields, { unanswered: 'no' }).choices.map(({ answer }) => answer)).toEqual(['later'])
})

test.each([
  ['neither yes nor no', { ...email, 'choice.marketing.direct.email': 'on' }],
  ['an answer to what was not shown', { 'choice.marketing.direct.email': 'yes' }],
  ['a wording that is cut', { 'shown.marketing.direct.email': 'notice|2' }],
  ['a wording with more than it has', { 'shown.marketing.direct.email': `${shown}|x` }],
  ['a contact channel that does not exist', { 'shown.marketing.direct.pigeon': shown }],
])('%s is an issue of its field and never an answer', (_, fields: Record<string, string>) => {
  const read = readChoices(fields, { unanswered: 'no' })
  expect(read.issues).toMatchObject([{ code: 'answer-invalid' }])
  expect(read.choices.filter(({ answer }) => answer === 'yes')).toEqual([])
})

test.each([
  'subject',
  'choice',
  'choice.',
  'shown.marketing',
  'choice.Marketing.direct.email',
  'all.x',
  'constructor',
])('a field called %s is not of the form', (name) => {
  expect(choicesBody.safeParse({ ...email, [name]: 'x' }).success).toBe(false)
})
