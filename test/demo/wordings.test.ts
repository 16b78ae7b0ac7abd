import { describe, expect, it } from 'vitest'
import { club } from '../../demo/seed/club.ts'
import { purposes } from '../../demo/seed/purposes.ts'
import { recipients } from '../../demo/seed/recipients.ts'
import { wordings } from '../../demo/seed/wordings.ts'
import { lintNotice } from '../../src/features/consent/notices/lint-notice.ts'

const all = [...purposes, club]
const written = [
  ...all.flatMap(({ draft, notices }) =>
    notices.map((notice) => ({ ...notice, purpose: draft.id, surface: 'screen' })),
  ),
  ...wordings,
]

const subjectOf = (purpose: string) => {
  const draft = all.find((one) => one.draft.id === purpose)?.draft
  return {
    bases: draft?.bases ?? [],
    recipients: recipients
      .filter(({ recipientId }) => draft?.recipients?.includes(recipientId))
      .map(({ name }) => name),
  }
}

describe('The words the demo asks its customers with', () => {
  it.each(written.map((one) => [one.purpose, one.surface, one.language, one] as const))(
    'leave the linter nothing to find: %s on %s in %s (GDPR Art. 12(1), 13)',
    (purpose, _surface, _language, wording) => {
      expect(lintNotice(wording, subjectOf(purpose))).toEqual([])
    },
  )

  it('would be found wanting without the name of who receives the data (negative control)', () => {
    const [first] = written
    if (first === undefined) throw new Error('there are no words')
    const nameless = { ...first, text: first.text.replaceAll('Correo Norte', 'una empresa') }
    expect(lintNotice(nameless, subjectOf(first.purpose)).map(({ code }) => code)).toContain(
      'missing-recipient',
    )
  })
})
