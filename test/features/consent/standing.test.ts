import { describe, expect, it } from 'vitest'
import type { ConsentEvent } from '../../../src/features/consent/consent-event.ts'
import { isAnswered, standingObjection } from '../../../src/features/consent/objection.ts'
import { covers, names, touches } from '../../../src/features/consent/permission-key.ts'
import type { Purpose } from '../../../src/features/consent/purpose.ts'
import type { RulePack } from '../../../src/features/consent/rule-pack.ts'
import { effectiveState, isConfirmed, standingOf } from '../../../src/features/consent/standing.ts'
import { Watch } from '../../../src/features/consent/valid-until.ts'
import { act, at, de, es, months, now, registry } from './scene.ts'

const key = {
  controller: 'moda',
  brand: 'moda-joven',
  purpose: 'marketing.direct',
  contactChannel: 'email',
} as const
const adult = { birthDate: { year: 1990, month: 5, day: 1 } }
const purposeOf = (change: Partial<Purpose> = {}): Purpose => {
  const found = registry.purposes.get('marketing.direct')
  if (found === undefined) throw new Error('no such purpose')
  return { ...found, ...change }
}

describe('A yes that must come back from the address (Germany, UWG § 7)', () => {
  const confirming: RulePack = {
    ...de,
    doubleOptIn: ['email'],
    confirmWithin: { months: 0, milliseconds: 1000 },
  }
  const yes = act('given', '2026-11-20')
  const state = (events: readonly ConsentEvent[], moment: number, pack = confirming) =>
    standingOf(events, key, adult, pack, new Watch(moment)).state
  const confirmed = (day: string, confirms = yes.id) => act('confirmed', day, { confirms })

  it('is confirmed by its own row from that instant on, or by an event that names it', () => {
    const inRow = { ...yes, confirmedAt: now }
    expect(isConfirmed(inRow, [], new Watch(now))).toBe(true)
    expect(isConfirmed(inRow, [], new Watch(now - 1))).toBe(false)
    const back = confirmed('2026-11-21')
    expect(isConfirmed(yes, [back], new Watch(back.occurredAt))).toBe(true)
    expect(isConfirmed(yes, [back], new Watch(back.occurredAt - 1))).toBe(false)
    expect(isConfirmed({ ...inRow, confirmedAt: now + 1 }, [back], new Watch(now))).toBe(true)
    expect(isConfirmed(yes, [confirmed('2026-11-21', 'another')], new Watch(now))).toBe(false)
    expect(isConfirmed(yes, [{ ...back, type: 'notice_shown' }], new Watch(now))).toBe(false)
  })

  it('waits until its time is over, to the millisecond, and for ever where the law sets none', () => {
    expect(state([yes], yes.occurredAt + 999)).toBe('PENDING_DOI')
    expect(state([yes], yes.occurredAt + 1000)).toBe('UNKNOWN')
    const { confirmWithin: _, ...patient } = confirming
    expect(state([yes], now, patient)).toBe('PENDING_DOI')
  })

  it('remembers when the wait ends', () => {
    const watch = new Watch(yes.occurredAt)
    standingOf([yes], key, adult, confirming, watch)
    expect(watch.validUntil()).toBe(yes.occurredAt + 1000)
  })
})

describe('What a yes is worth later', () => {
  const effective = (change: {
    readonly yes?: Partial<ConsentEvent>
    readonly purpose?: Partial<Purpose>
    readonly pack?: RulePack
    readonly moment?: number
    readonly more?: readonly ConsentEvent[]
  }) => {
    const yes = act('given', '2026-03-01', change.yes ?? {})
    const watch = new Watch(change.moment ?? now)
    const pack = change.pack ?? es
    const standing = standingOf([yes, ...(change.more ?? [])], key, adult, pack, watch)
    return effectiveState(standing, key, purposeOf(change.purpose), pack, watch)
  }

  it('ends with the first of what the law, the purpose and its own notice allow', () => {
    const pack: RulePack = { ...es, validity: { 'marketing.direct': { email: months(6) } } }
    const long = months(24)
    expect(effective({})).toBe('GIVEN')
    expect(effective({ pack })).toBe('EXPIRED')
    expect(effective({ pack, purpose: { validity: long }, yes: { validity: long } })).toBe('EXPIRED')
    expect(effective({ purpose: { validity: months(6) }, yes: { validity: long } })).toBe('EXPIRED')
    expect(effective({ purpose: { validity: long }, yes: { validity: months(6) } })).toBe('EXPIRED')
    expect(effective({ purpose: { validity: long }, yes: { validity: long } })).toBe('GIVEN')
  })

  it('ends at the very instant', () => {
    const ends = at('2026-09-01T10:00:00Z')
    expect(effective({ yes: { validity: months(6) }, moment: ends - 1 })).toBe('GIVEN')
    expect(effective({ yes: { validity: months(6) }, moment: ends })).toBe('EXPIRED')
  })

  it('is superseded when it was said to a version that no longer counts, or to one nobody noted', () => {
    expect(effective({ purpose: { reconsentMin: 2 } })).toBe('GIVEN')
    expect(effective({ purpose: { reconsentMin: 3 } })).toBe('SUPERSEDED')
    expect(effective({ yes: { purposeVersion: undefined }, purpose: { reconsentMin: 1 } })).toBe('SUPERSEDED')
    expect(effective({ yes: { purposeVersion: undefined }, purpose: { reconsentMin: undefined } })).toBe(
      'GIVEN',
    )
    // Superseded tells more than expired: the text of today is another one.
    expect(effective({ yes: { validity: months(1) }, purpose: { reconsentMin: 3 } })).toBe('SUPERSEDED')
  })

  it('is renewed by a second yes, and is nothing of all this without a yes', () => {
    expect(effective({ more: [act('given', '2026-06-01')] })).toBe('RENEWED')
    const refused = act('refused', '2026-06-01')
    expect(effective({ purpose: { reconsentMin: 9 }, more: [refused] })).toBe('WITHDRAWN')
  })
})

describe('The objection that stands', () => {
  const interest = purposeOf({ class: 'security' })
  const objected = (day: string, id?: string) => act('objected', day, id === undefined ? {} : { id })
  const overridden = (day: string, change: Partial<ConsentEvent> = {}) =>
    act('objection_overridden', day, { by: 'controller', ...change })
  const standing = (events: readonly ConsentEvent[], purpose = interest, watch = new Watch(now)) =>
    standingObjection(events, key, purpose, watch)?.id

  it('is the latest, and of two at one instant the same one in whichever order they come', () => {
    const [a, b, older] = [
      objected('2026-11-10', 'a'),
      objected('2026-11-10', 'b'),
      objected('2026-11-09', 'c'),
    ]
    for (const order of [
      [a, b, older],
      [older, b, a],
      [b, older, a],
    ])
      expect(standing(order)).toBe('b')
    expect(standing([{ ...a, contactChannel: 'sms' }])).toBeUndefined()
    expect(standing([older, { ...b, controller: 'hogar' }])).toBe('c')
  })

  it('ends by the latest decision against it, in whichever order they come', () => {
    const no = objected('2026-11-11', 'no')
    const [before, after] = [overridden('2026-11-10'), overridden('2026-11-12')]
    expect(standing([no, before, after])).toBeUndefined()
    expect(standing([after, before, no])).toBeUndefined()
    expect(standing([no, before])).toBe('no')
    expect(standing([no, overridden('2026-11-11')])).toBe('no')
    expect(standing([no, act('given', '2026-11-12')])).toBe('no')
    expect(standing([no, after], purposeOf())).toBe('no')
  })

  it('does not end by a decision about something else, nor before its day, which the watch remembers', () => {
    const no = objected('2026-11-11', 'no')
    expect(standing([no, overridden('2026-11-12', { contactChannel: 'sms' })])).toBe('no')
    const watch = new Watch(now)
    const ahead = overridden('2026-12-01')
    expect(standing([no, ahead], interest, watch)).toBe('no')
    expect(watch.validUntil()).toBe(ahead.occurredAt)
    const indifferent = new Watch(now)
    standing([no, overridden('2026-12-01', { contactChannel: 'sms' })], interest, indifferent)
    expect(indifferent.validUntil()).toBeNull()
  })

  it('is none where nobody objected, whatever was decided', () => {
    expect(standing([overridden('2026-11-12'), act('refused', '2026-11-12')])).toBeUndefined()
  })

  it('is answered by a yes to this very key after it, and by none before or at the same instant', () => {
    const no = objected('2026-11-11')
    const answered = (day: string | undefined) =>
      isAnswered(no, {
        state: 'GIVEN',
        renewed: false,
        named: day === undefined ? undefined : act('given', day),
      })
    expect(['2026-11-10', '2026-11-11', '2026-11-12', undefined].map(answered)).toEqual([
      false,
      false,
      true,
      false,
    ])
  })
})

describe('What a fact speaks about', () => {
  const elsewhere = [
    { controller: 'hogar' },
    { brand: 'moda-casa' },
    { purpose: 'marketing.audience_share' },
    { contactChannel: 'sms' },
  ] as const

  it('a yes and a no alike: nothing of another controller, brand, purpose or contact channel', () => {
    for (const other of elsewhere) {
      expect([other, covers({ ...key, ...other }, key)]).toEqual([other, false])
      expect([other, touches({ ...key, ...other }, key)]).toEqual([other, false])
    }
    for (const wider of [{ brand: '*' }, { purpose: 'marketing.*' }, { contactChannel: '*' }] as const) {
      expect(covers({ ...key, ...wider }, key)).toBe(true)
      expect(touches({ ...key, ...wider }, key)).toBe(true)
    }
  })

  it('a yes to whichever address covers any, known or not', () => {
    expect(covers({ ...key, contactPoint: '*' }, { ...key, contactPoint: 'cp-1' })).toBe(true)
    expect(covers({ ...key, contactPoint: '*' }, key)).toBe(true)
    expect(covers({ ...key, contactPoint: 'cp-1' }, key)).toBe(false)
  })

  it('a key without a contact channel is named by a yes to any, and by no other one', () => {
    const anywhere = { ...key, contactChannel: 'none' } as const
    expect(names({ ...key, contactChannel: '*' }, anywhere)).toBe(true)
    expect(names({ ...key, contactChannel: 'sms' }, anywhere)).toBe(false)
    expect(names({ ...key, contactChannel: '*', purpose: 'marketing.*' }, anywhere)).toBe(false)
  })
})
