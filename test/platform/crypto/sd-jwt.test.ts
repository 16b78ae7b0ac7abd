import { describe, expect, it } from 'vitest'
import {
  concealElement,
  concealMember,
  joinSdJwt,
  revealed,
  splitSdJwt,
} from '../../../src/platform/crypto/index.ts'

/** The disclosures and digests worked out in RFC 9901, 4.2.1 and 4.2.2. */
const familyName = {
  disclosure: 'WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0',
  digest: 'X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0',
}
const france = {
  disclosure: 'WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0',
  digest: 'w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs',
}
const signed = {
  iss: 'https://issuer.example',
  _sd_alg: 'sha-256',
  _sd: [familyName.digest],
  nationalities: [{ '...': france.digest }, 'DE'],
}
let salts = 0
const salt = () => Buffer.alloc(16, ++salts)

describe('What the holder of a signed document shows', () => {
  it('is read as the worked examples of RFC 9901 say', () => {
    expect(revealed(signed, [familyName.disclosure, france.disclosure])).toEqual({
      iss: 'https://issuer.example',
      family_name: 'Möbius',
      nationalities: ['FR', 'DE'],
    })
    expect(revealed(signed, [france.disclosure])).toEqual({
      iss: 'https://issuer.example',
      nationalities: ['FR', 'DE'],
    })
    expect(revealed(signed, [])).toEqual({ iss: 'https://issuer.example', nationalities: ['DE'] })
  })

  it('may hold what is closed again inside, however it was closed', () => {
    const inner = concealMember(salt(), 'street', 'Gran Vía 1')
    const outer = concealElement(salt(), { city: 'Madrid', _sd: [inner.digest] })
    const claims = { addresses: [{ '...': outer.digest }] }
    expect(revealed(claims, [outer.disclosure, inner.disclosure])).toEqual({
      addresses: [{ city: 'Madrid', street: 'Gran Vía 1' }],
    })
    expect(revealed(claims, [outer.disclosure])).toEqual({ addresses: [{ city: 'Madrid' }] })
    expect(revealed(claims, [inner.disclosure])).toBeUndefined()
  })

  const strange = concealMember(salt(), 'family_name', 'Somebody else')
  const element = concealElement(salt(), 'ES')
  const iss = concealMember(salt(), 'iss', 'https://forger.example')
  const reserved = concealMember(salt(), '_sd', [])
  const deep = concealElement(salt(), JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`))
  const notJson = Buffer.from('["salt"').toString('base64url')
  const refused: readonly [string, Readonly<Record<string, unknown>>, readonly string[]][] = [
    ['was never signed', signed, [strange.disclosure]],
    ['was changed by one letter', signed, [familyName.disclosure.replace('Wy', 'Wz')]],
    ['comes twice', signed, [familyName.disclosure, familyName.disclosure]],
    ['is no JSON', signed, [notJson]],
    ['is a member where a list is', { list: [{ '...': strange.digest }] }, [strange.disclosure]],
    ['is an element where members are', { _sd: [element.digest] }, [element.disclosure]],
    ['would replace what stands open', { ...signed, _sd: [iss.digest] }, [iss.disclosure]],
    ['names what is reserved', { _sd: [reserved.digest] }, [reserved.disclosure]],
    ['lies deeper than anybody reads', { list: [{ '...': deep.digest }] }, [deep.disclosure]],
  ]
  it.each(refused)('is refused when it %s', (_, claims, disclosures) => {
    expect(revealed(claims, disclosures)).toBeUndefined()
  })

  it('is refused when the signed part names one digest twice, another hash, or a digest with company', () => {
    expect(revealed({ ...signed, _sd: [familyName.digest, familyName.digest] }, [])).toBeUndefined()
    expect(revealed({ ...signed, _sd_alg: 'sha-1' }, [])).toBeUndefined()
    expect(revealed({ list: [{ '...': france.digest, more: 1 }] }, [])).toBeUndefined()
    expect(revealed({ '...': france.digest }, [])).toBeUndefined()
    expect(revealed({ _sd: 'x' }, [])).toBeUndefined()
  })

  it('travels as the signed part and its disclosures, each with a tilde after it, and in no other way', () => {
    const text = joinSdJwt('a.b.c', ['d', 'e'])
    expect(text).toBe('a.b.c~d~e~')
    expect(splitSdJwt(text)).toEqual({ jws: 'a.b.c', disclosures: ['d', 'e'] })
    expect(splitSdJwt('a.b.c~')).toEqual({ jws: 'a.b.c', disclosures: [] })
    for (const other of ['a.b.c', 'a.b~', 'a.b.c~~', 'a.b.c~d', 'a.b.c~d~x.y.z', '']) {
      expect(splitSdJwt(other), other).toBeUndefined()
    }
  })
})
