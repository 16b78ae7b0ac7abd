import { describe, expect, it } from 'vitest'
import type { ChoiceMaker, OfferedChoice } from '../../../src/features/consent/choices.ts'
import { eventsFor, eventsForDismissal } from '../../../src/features/consent/choices.ts'
import { textHash } from '../../../src/features/consent/notice.ts'

const notice = {
  id: 'notice-mkt-email',
  version: '2.1.0',
  language: 'es',
  textHash: textHash('Quiero recibir novedades por correo.'),
}
const offer = (change: Partial<OfferedChoice> = {}): OfferedChoice => ({
  name: 'news-email',
  scope: {
    controller: 'moda',
    brand: '*',
    purpose: 'marketing.direct',
    contactChannel: 'email',
    contactPoint: 'cp-1',
  },
  purposeVersion: 2,
  consentType: 'expressed',
  notice,
  attributes: ['email', 'first_name'],
  sources: ['web'],
  control: 'yes-no',
  defaultState: 'unticked',
  current: 'UNKNOWN',
  ...change,
})
const ana: ChoiceMaker = { by: 'subject', overAge: 18 }
const types = (
  offered: OfferedChoice,
  answer: 'yes' | 'no' | 'none',
  maker: ChoiceMaker = ana,
  shown = notice,
) => eventsFor([offered], [{ name: offered.name, answer, notice: shown }], maker).map((event) => event.type)

describe('What Ana answers', () => {
  it('becomes an event that pins all she had before her', () => {
    expect(eventsFor([offer()], [{ name: 'news-email', answer: 'yes', notice }], ana)).toEqual([
      expect.objectContaining({
        type: 'given',
        by: 'subject',
        purpose: 'marketing.direct',
        contactChannel: 'email',
        contactPoint: 'cp-1',
        purposeVersion: 2,
        consentType: 'expressed',
        notice,
        attributes: ['email', 'first_name'],
        sources: ['web'],
        defaultState: 'unticked',
        overAge: 18,
      }),
    ])
  })

  it('is a refusal when it is no, and a withdrawal when she had said yes', () => {
    expect(types(offer(), 'no')).toEqual(['refused'])
    expect(types(offer({ current: 'GIVEN' }), 'no')).toEqual(['withdrawn'])
  })

  it('is put off when two buttons were left alone, also after a yes', () => {
    expect(types(offer(), 'none')).toEqual(['deferred'])
    expect(types(offer({ current: 'GIVEN' }), 'none')).toEqual(['deferred'])
    expect(eventsFor([offer()], [], ana).map((event) => event.type)).toEqual(['deferred'])
  })

  it('is no when a box was left unticked, and a withdrawal when it was ticked before', () => {
    const box = (current: OfferedChoice['current']) => offer({ control: 'checkbox', current })
    expect(types(box('UNKNOWN'), 'none')).toEqual(['refused'])
    expect(types(box('GIVEN'), 'none')).toEqual(['withdrawn'])
  })

  it('does not begin the cool-off anew each time a box stays as she left it', () => {
    expect(types(offer({ control: 'checkbox', current: 'REFUSED' }), 'none')).toEqual([])
    expect(types(offer({ control: 'checkbox', current: 'REFUSED' }), 'no')).toEqual(['refused'])
  })

  it('is put off for all of it when she closes the screen', () => {
    const events = eventsForDismissal([offer(), offer({ name: 'sms', current: 'GIVEN' })], ana)
    expect(events.map((event) => event.type)).toEqual(['deferred', 'deferred'])
  })
})

describe('An answer is refused', () => {
  const codeOf = (attempt: () => unknown) => {
    try {
      attempt()
    } catch (error) {
      return (error as { code: string }).code
    }
    return 'accepted'
  }

  it('when the box was ticked before she touched it, though she left others empty', () => {
    expect(codeOf(() => types(offer({ defaultState: 'ticked' }), 'yes'))).toBe('choice_ticked_by_default')
    expect(codeOf(() => types(offer({ defaultState: 'ticked' }), 'none'))).toBe('choice_ticked_by_default')
    // Where nobody tells how it stood, a yes is not known to be one; a no is one all the same.
    expect(codeOf(() => types(offer({ defaultState: 'unsaid' }), 'yes'))).toBe('choice_ticked_by_default')
    expect(types(offer({ defaultState: 'unsaid' }), 'no')).toEqual(types(offer(), 'no'))
  })

  it('when it was given on another version, language or text than the one offered', () => {
    for (const other of [{ version: '2.0.0' }, { language: 'en' }, { textHash: textHash('Otra cosa.') }]) {
      expect(codeOf(() => types(offer(), 'yes', ana, { ...notice, ...other }))).toBe('notice_unknown')
    }
  })

  it('when nobody offered it, or it is given twice', () => {
    const answer = { name: 'news-email', answer: 'yes', notice } as const
    expect(codeOf(() => eventsFor([], [answer], ana))).toBe('choice_not_offered')
    expect(codeOf(() => eventsFor([offer()], [answer, { ...answer, answer: 'no' }], ana))).toBe(
      'choice_answered_twice',
    )
  })

  it('when it is a yes that an agent says for her; her no the agent may pass on', () => {
    for (const by of ['agent', 'controller', 'representative', 'system'] as const) {
      expect(codeOf(() => types(offer(), 'yes', { by }))).toBe('consent_not_own')
    }
    expect(types(offer({ current: 'GIVEN' }), 'no', { by: 'agent' })).toEqual(['withdrawn'])
    expect(types(offer(), 'yes', { by: 'guardian', guardianVerified: true })).toEqual(['given'])
  })
})
