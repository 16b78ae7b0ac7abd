import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  claimOf,
  isWithin,
  mayCallFrom,
  mayLieIn,
  type Touchpoint,
  type TouchpointKind,
  touchpointKinds,
  touchpointsOf,
} from '../../../src/features/touchpoints/index.ts'
import { parseTouchpoint } from '../../../src/features/touchpoints/touchpoint-rules.ts'

const place = (
  id: string,
  kind: TouchpointKind,
  parent?: string,
  more: Partial<Touchpoint> = {},
): Touchpoint => ({
  id,
  kind,
  name: id,
  networks: [],
  state: 'open',
  ...(parent === undefined ? {} : { parent }),
  ...more,
})

const norte = touchpointsOf([
  place('gran-via-kiosk-3', 'terminal', 'gran-via', { networks: ['192.0.2.7/32'] }),
  place('gran-via-kiosk-1', 'terminal', 'gran-via'),
  place('gran-via', 'store', 'madrid', { networks: ['10.20.0.0/16', '2001:db8:7::/48'] }),
  place('madrid', 'region', 'norte'),
  place('norte', 'brand'),
  place('telefono-4', 'desk', 'norte'),
  place('vigo', 'store', 'norte', { state: 'closed' }),
])

describe('the tree of touchpoints', () => {
  it('has stores in regions or brands, terminals in stores alone, and desks wherever people answer', () => {
    const allowed = touchpointKinds.flatMap((kind) =>
      [undefined, ...touchpointKinds]
        .filter((parent) => mayLieIn(kind, parent))
        .map((parent) => [kind, parent]),
    )
    expect(allowed).toEqual([
      ['brand', undefined],
      ['region', 'brand'],
      ['store', 'brand'],
      ['store', 'region'],
      ['terminal', 'store'],
      ['desk', 'brand'],
      ['desk', 'region'],
      ['desk', 'store'],
    ])
  })

  it('can hold no circle: whichever kinds follow one another, none comes again', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...touchpointKinds), { minLength: 2, maxLength: 8 }), (kinds) => {
        const circle = [...kinds, kinds[0] as TouchpointKind]
        return !circle.slice(1).every((kind, at) => mayLieIn(kind, circle[at]))
      }),
    )
  })

  it('is read from the brand down, and told in tokens by its codes', () => {
    expect(norte.path('gran-via-kiosk-3').map(({ name }) => name)).toEqual([
      'norte',
      'madrid',
      'gran-via',
      'gran-via-kiosk-3',
    ])
    expect(claimOf(norte, 'gran-via')).toEqual({ id: 'gran-via', path: ['norte', 'madrid', 'gran-via'] })
    expect(claimOf(norte, 'nowhere')).toBeUndefined()
    const order = norte.list().map(({ id }) => id)
    for (const { id, parent } of norte.list()) {
      if (parent !== undefined) expect(order.indexOf(parent)).toBeLessThan(order.indexOf(id))
    }
  })
})

describe('where a terminal may call from', () => {
  it('is its own networks, or those of its store, in both families of addresses', () => {
    expect(norte.find('gran-via-kiosk-1')?.networks).toEqual(['10.20.0.0/16', '2001:db8:7::/48'])
    expect(mayCallFrom(norte, 'gran-via-kiosk-1', '10.20.3.4')).toBe(true)
    expect(mayCallFrom(norte, 'gran-via-kiosk-1', '::ffff:10.20.3.4')).toBe(true)
    expect(mayCallFrom(norte, 'gran-via-kiosk-1', '2001:db8:7:1::/64')).toBe(true)
    expect(mayCallFrom(norte, 'gran-via-kiosk-1', '10.21.0.1')).toBe(false)
    expect(mayCallFrom(norte, 'gran-via-kiosk-1', '2001:db8:8::1')).toBe(false)
    expect(mayCallFrom(norte, 'gran-via-kiosk-3', '192.0.2.7')).toBe(true)
    expect(mayCallFrom(norte, 'gran-via-kiosk-3', '10.20.3.4')).toBe(false)
  })

  it('is anywhere without networks, and nowhere once it is closed or for a code nobody knows', () => {
    expect(mayCallFrom(norte, 'telefono-4', '203.0.113.9')).toBe(true)
    expect(mayCallFrom(norte, 'vigo', '203.0.113.9')).toBe(false)
    expect(mayCallFrom(norte, 'nowhere', '203.0.113.9')).toBe(false)
    expect(isWithin(['0.0.0.0/0'], 'unknown')).toBe(false)
  })
})

describe('what can be said of a touchpoint', () => {
  const good = { id: 'gran-via', kind: 'store', name: ' Gran Vía ', networks: ['10.20.3.4/16'] } as const

  it('is kept in one writing', () => {
    expect(parseTouchpoint({ ...good, country: 'es', networks: ['10.20.3.4/16', '10.20.0.0/16'] })).toEqual({
      id: 'gran-via',
      kind: 'store',
      name: 'Gran Vía',
      country: 'ES',
      networks: ['10.20.0.0/16'],
    })
  })

  it.each([
    ['id', 'Gran Via'],
    ['id', '-gran'],
    ['id', 'a'],
    ['id', 'g'.repeat(65)],
    ['name', ' '],
    ['country', 'XX1'],
    ['country', 'QQ'],
    ['networks', ['10.20.0.0']],
    ['networks', ['10.20.0.0/33']],
    ['networks', ['::ffff:10.0.0.0/104']],
  ])('is refused with a wrong %s: %j', (field, value) => {
    expect(() => parseTouchpoint({ ...good, [field]: value })).toThrow(
      expect.objectContaining({ code: 'touchpoint-invalid', issues: [expect.objectContaining({ field })] }),
    )
  })
})
