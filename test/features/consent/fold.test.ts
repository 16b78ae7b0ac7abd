import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ConsentEvent } from '../../../src/features/consent/consent-event.ts'
import { consentEventTypes } from '../../../src/features/consent/consent-event.ts'
import type { RulePack } from '../../../src/features/consent/rule-pack.ts'
import { effectiveState, standingOf } from '../../../src/features/consent/standing.ts'
import { Watch } from '../../../src/features/consent/valid-until.ts'
import { act, at, de, es, newsletter, now, registry } from './scene.ts'

const adult = { birthDate: { year: 1990, month: 5, day: 1 } }
const standing = (events: readonly ConsentEvent[], pack: RulePack = es, moment = now) =>
  standingOf(events, newsletter, adult, pack, new Watch(moment))
const state = (events: readonly ConsentEvent[], pack: RulePack = es, moment = now) =>
  standing(events, pack, moment).state

describe('The history of a consent comes to', () => {
  it('unknown when nobody said anything', () => {
    expect(state([])).toBe('UNKNOWN')
  })

  it('requested when a notice was shown, and deferred when Ana closed it', () => {
    expect(state([act('notice_shown', '2026-03-01')])).toBe('REQUESTED')
    expect(state([act('requested', '2026-03-01'), act('deferred', '2026-03-02')])).toBe('DEFERRED')
  })

  it('her last word by the time she said it, however late it arrives', () => {
    const late = act('given', '2026-04-01', { recordedAt: at('2026-11-20T00:00:00Z') })
    expect(state([act('withdrawn', '2026-05-01'), late])).toBe('WITHDRAWN')
    expect(state([act('given', '2026-06-01'), act('withdrawn', '2026-05-01'), late])).toBe('GIVEN')
  })

  it('the stricter of two acts at the same instant', () => {
    expect(state([act('withdrawn', '2026-05-01'), act('given', '2026-05-01')])).toBe('WITHDRAWN')
    expect(state([act('refused', '2026-05-01'), act('given', '2026-05-01')])).toBe('REFUSED')
    expect(state([act('given', '2026-05-01'), act('deferred', '2026-05-01')])).toBe('GIVEN')
  })

  it('withdrawn when she was asked again after a yes and left the box unticked', () => {
    expect(state([act('given', '2026-03-01'), act('refused', '2026-05-01')])).toBe('WITHDRAWN')
    expect(state([act('refused', '2026-05-01')])).toBe('REFUSED')
  })

  it('the yes she gave before, when she only closed a later notice', () => {
    expect(state([act('given', '2026-03-01'), act('deferred', '2026-05-01')])).toBe('GIVEN')
  })

  it('renewed when she said yes again', () => {
    const watch = new Watch(now)
    const twice = standing([act('given', '2026-03-01'), act('given', '2026-05-01')])
    const purpose = registry.purposes.get('marketing.direct')
    if (purpose === undefined) throw new Error('the scene has it')
    expect(effectiveState(twice, newsletter, purpose, es, watch)).toBe('RENEWED')
    expect(standing([]).renewed).toBe(false)
    expect(standing([act('given', '2026-03-01')]).renewed).toBe(false)
  })

  it('not renewed by a yes after she took the one before back, nor once she takes both back', () => {
    const [first, no, second] = [
      act('given', '2026-03-01'),
      act('withdrawn', '2026-04-01'),
      act('given', '2026-05-01'),
    ]
    expect(standing([first, no, second]).renewed).toBe(false)
    expect(standing([first, second, act('withdrawn', '2026-06-01')]).renewed).toBe(false)
  })

  it('revoked or invalidated when others ended it, which never hides that she had said no', () => {
    expect(state([act('given', '2026-03-01'), act('revoked', '2026-05-01', { by: 'controller' })])).toBe(
      'REVOKED',
    )
    const found = standing([
      act('given', '2026-03-01'),
      act('withdrawn', '2026-04-01'),
      act('invalidated', '2026-05-01', { by: 'controller' }),
    ])
    expect(found.state).toBe('INVALIDATED')
    expect(found.no?.type).toBe('withdrawn')
    expect(state([act('withdrawn', '2026-04-01'), act('revoked', '2026-05-01', { by: 'controller' })])).toBe(
      'WITHDRAWN',
    )
  })

  it('nothing when the yes was said by staff, ticked beforehand, implied, or imported without evidence', () => {
    for (const flaw of [
      { by: 'agent' },
      { by: 'controller' },
      { defaultState: 'ticked' },
      { consentType: 'implied' },
      { evidenceGrade: 'none' },
    ] as const) {
      expect(state([act('given', '2026-03-01', flaw)])).toBe('UNKNOWN')
    }
  })

  it('nothing yet for a yes dated in the future', () => {
    expect(state([act('given', '2026-12-01')])).toBe('UNKNOWN')
  })
})

describe('Where the law wants a confirmation, a yes', () => {
  it('is pending until it comes back, then given', () => {
    const asked = act('given', '2026-11-21')
    const confirmed = act('confirmed', '2026-11-21T10:04:00Z', { confirms: asked.id })
    expect(state([asked], de)).toBe('PENDING_DOI')
    expect(state([confirmed, asked], de)).toBe('GIVEN')
    expect(state([act('given', '2026-11-21', { confirmedAt: at('2026-11-21T10:04:00Z') })], de)).toBe('GIVEN')
  })

  it('is not confirmed by the confirmation of another', () => {
    const stranger = act('confirmed', '2026-11-21T10:04:00Z', { confirms: 'given-of-somebody-else' })
    expect(state([act('given', '2026-11-21'), stranger], de)).toBe('PENDING_DOI')
  })

  it('never destroys a confirmed one while it is pending', () => {
    const sure = act('given', '2026-02-01', { confirmedAt: at('2026-02-01T10:10:00Z') })
    const open = act('given', '2026-11-21')
    expect(standing([sure, open], de).by).toBe(sure)
  })

  it('leaves the state as it was once the time to confirm has passed', () => {
    const no = act('withdrawn', '2026-11-01')
    const open = act('given', '2026-11-21')
    expect(state([no, open], de)).toBe('PENDING_DOI')
    expect(state([no, open], de, at('2026-11-24T10:00:00Z'))).toBe('WITHDRAWN')
  })

  it('does not clear an earlier no while it is pending', () => {
    expect(standing([act('withdrawn', '2026-11-01'), act('given', '2026-11-21')], de).no?.type).toBe(
      'withdrawn',
    )
  })
})

it('The order in which events arrive makes no difference to what they come to', () => {
  const events = fc.array(
    fc.record({
      type: fc.constantFrom(...consentEventTypes),
      day: fc.integer({ min: 1, max: 6 }),
      brand: fc.constantFrom('*', 'moda-joven', 'moda-casa'),
      confirmed: fc.boolean(),
      attributes: fc.constantFrom(['email'], ['email', 'first_name'], ['phone']),
    }),
    { maxLength: 8 },
  )
  fc.assert(
    fc.property(events, fc.constantFrom(es, de), fc.infiniteStream(fc.nat()), (drafts, pack, dice) => {
      const history = drafts.map(({ type, day, brand, confirmed, attributes }, index) =>
        act(type, `2026-11-1${day}`, {
          id: `e${index}`,
          brand,
          attributes,
          ...(confirmed && { confirmedAt: at('2026-11-20T00:00:00Z') }),
        }),
      )
      const shuffled = history
        .map((event) => ({ event, rank: dice.next().value ?? 0 }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ event }) => event)
      expect(standing(shuffled, pack)).toEqual(standing(history, pack))
    }),
  )
})
