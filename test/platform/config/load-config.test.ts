import { randomBytes } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { ConfigRefused, type Role } from '../../../src/platform/config/config.ts'
import { type Environment, readEnvironment } from '../../../src/platform/config/env.ts'
import { loadConfig } from '../../../src/platform/config/load-config.ts'
import { publishedSecret } from '../../../src/platform/config/secret-bytes.ts'

const random = () => randomBytes(32).toString('base64')
const good: Environment = {
  NODE_ENV: 'production',
  PLACET_ISSUER: 'https://id.example.com',
  DATABASE_URL: 'postgres://app:x@db.internal:5432/placet',
  PLACET_KEK: random(),
  PLACET_SECRET: random(),
  SMTP_URL: 'smtps://u:p@mail.example.com:465',
  PLACET_MAIL_FROM: 'no-reply@example.com',
}

function faults(env: Environment, role?: Role): readonly string[] {
  try {
    loadConfig(env, role)
    return []
  } catch (error) {
    if (error instanceof ConfigRefused) return error.faults
    throw error
  }
}

describe('the configuration', () => {
  it('is one tree, with sensible values for what was not said', () => {
    const config = loadConfig({
      ...good,
      PLACET_TRUSTED_PROXIES: '10.0.0.0/8, 192.168.1.4',
      PLACET_BRAND: 'Tienda Norte',
    })
    expect(config).toMatchObject({
      production: true,
      listen: { host: '0.0.0.0', port: 3000, management: { host: '127.0.0.1', port: 9000 } },
      trustedProxies: ['10.0.0.0/8', '192.168.1.4'],
      mail: { from: { address: 'no-reply@example.com', name: 'Tienda Norte' } },
      log: { level: 'info' },
      egress: { allow: [] },
      brand: { name: 'Tienda Norte', controller: 'Tienda Norte' },
    })
    expect(config.issuer.origin).toBe('https://id.example.com')
    expect(config.keks.map((kek) => kek.byteLength)).toEqual([32])
  })

  it('takes lists of keys, newest first, padded or not', () => {
    const [next, old] = [random(), random()]
    const config = loadConfig({ ...good, PLACET_KEK: `${next}, ${old.replace(/=$/, '')}` })
    expect(config.keks.map((kek) => Buffer.from(kek).toString('base64'))).toEqual([next, old])
  })

  it('refuses published secrets wherever it is started, in tests alone they are good enough (R120)', () => {
    const onThisMachine = {
      DATABASE_URL: 'postgres://app:x@localhost:5432/placet',
      PLACET_ISSUER: 'http://localhost:3000',
      PLACET_KEK: publishedSecret('placet test kek'),
      PLACET_SECRET: publishedSecret('placet test secret'),
    }
    expect(faults(onThisMachine).join('\n')).toMatch(/PLACET_KEK .*published[\s\S]*PLACET_SECRET .*published/)
    expect(faults({ ...onThisMachine, NODE_ENV: 'test' })).toEqual([])
  })

  it('runs the demo with nothing but its published secrets, on this machine only', () => {
    const demo = {
      PLACET_KEK: publishedSecret('placet demo kek'),
      PLACET_SECRET: publishedSecret('placet demo secret'),
      PLACET_EGRESS_ALLOW: 'http://localhost:4011',
    }
    expect(loadConfig(demo, 'demo')).toMatchObject({ production: false, database: { url: undefined } })
    expect(faults({ ...demo, NODE_ENV: 'production' }, 'demo').join()).toMatch(/demo .* evaluation/)
    expect(faults({ ...demo, PLACET_ISSUER: 'https://id.example.com' }, 'demo').join()).toMatch(
      /published with the demo/,
    )
  })

  it.each<[string, Environment, RegExp]>([
    [
      'an http issuer off this machine',
      { PLACET_ISSUER: 'http://id.example.com' },
      /PLACET_ISSUER must be https/,
    ],
    [
      'an issuer with a path',
      { PLACET_ISSUER: 'https://id.example.com/auth' },
      /PLACET_ISSUER must be an origin/,
    ],
    ['no issuer', { PLACET_ISSUER: undefined }, /PLACET_ISSUER is missing/],
    ['an issuer that is no URL', { PLACET_ISSUER: 'id.example.com' }, /PLACET_ISSUER must be a URL/],
    ['no database', { DATABASE_URL: undefined }, /DATABASE_URL is missing.*embedded database/],
    ['another database', { DATABASE_URL: 'mysql://db/x' }, /DATABASE_URL must be a postgres/],
    ['the owner as the service', { DATABASE_OWNER_URL: good['DATABASE_URL'] }, /owner of the tables/],
    ['no key-encryption key', { PLACET_KEK: undefined }, /PLACET_KEK .*missing.*openssl/],
    ['no master secret', { PLACET_SECRET: ' ' }, /PLACET_SECRET .*missing/],
    ['a short secret', { PLACET_SECRET: randomBytes(16).toString('base64') }, /not 32 bytes/],
    ['a password for a secret', { PLACET_SECRET: 'changeme' }, /not 32 bytes/],
    ['a repeated letter', { PLACET_SECRET: Buffer.alloc(32, 'a').toString('base64') }, /not random/],
    [
      'the demo’s key',
      { PLACET_KEK: publishedSecret('placet demo kek') },
      /PLACET_KEK .*published with the demo/,
    ],
    ['one bad key in a list', { PLACET_KEK: `${random()},short` }, /not 32 bytes/],
    ['one key for two uses', { PLACET_SECRET: good['PLACET_KEK'] }, /are the same/],
    ['no mail server', { SMTP_URL: undefined }, /SMTP_URL is missing/],
    ['no sender', { PLACET_MAIL_FROM: undefined }, /PLACET_MAIL_FROM is missing/],
    ['a sender with a name', { PLACET_MAIL_FROM: 'Placet <x@example.com>' }, /plain address/],
    ['a debug level', { PLACET_LOG_LEVEL: 'debug' }, /PLACET_LOG_LEVEL=debug/],
    ['a debug flag', { NODE_DEBUG: 'http' }, /NODE_DEBUG is set/],
    ['unchecked certificates', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, /NODE_TLS_REJECT_UNAUTHORIZED is set/],
    ['a hole in the way out', { PLACET_EGRESS_ALLOW: 'http://localhost:1' }, /PLACET_EGRESS_ALLOW/],
    ['proxies that are everybody', { PLACET_TRUSTED_PROXIES: '0.0.0.0/0' }, /PLACET_TRUSTED_PROXIES/],
    [
      'countries that anybody may say',
      { PLACET_COUNTRY_HEADER: 'CF-IPCountry' },
      /PLACET_COUNTRY_HEADER is set and PLACET_TRUSTED_PROXIES is not/,
    ],
    [
      'a header that browsers send themselves',
      { PLACET_COUNTRY_HEADER: 'Cookie', PLACET_TRUSTED_PROXIES: '10.0.0.0/8' },
      /PLACET_COUNTRY_HEADER must be/,
    ],
    ['a port that is none', { PORT: '70000' }, /PORT must be a port/],
    ['one port for two', { PORT: '9000' }, /the same/],
    ['an unknown mode', { NODE_ENV: 'prod' }, /NODE_ENV must be/],
  ])('refuses to start with %s, saying what to set (R120)', (_, change, told) => {
    const found = faults({ ...good, ...change })
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(told)
  })

  it('holds whoever is reachable from outside to the rules of production, whatever the mode says', () => {
    const staging = { ...good, NODE_ENV: 'development', PLACET_LOG_LEVEL: 'debug', SMTP_URL: undefined }
    expect(faults(staging).map((fault) => fault.split(' ')[0])).toEqual([
      'SMTP_URL',
      'PLACET_LOG_LEVEL=debug',
    ])
    expect(faults({ ...staging, PLACET_ISSUER: 'http://localhost:3000' }), 'negative control').toEqual([])
  })

  it('lists all contradictions at once', () => {
    expect(faults({ NODE_ENV: 'production', PORT: 'x', PLACET_COUNTRY: 'Spain' })).toHaveLength(8)
    expect(new ConfigRefused(['one', 'two']).message).toContain('- one\n  - two')
  })

  it('never repeats a secret in what it says', () => {
    const secret = randomBytes(16).toString('base64')
    const said = faults({
      ...good,
      PLACET_KEK: secret,
      PLACET_SECRET: secret,
      SMTP_URL: `x://${secret}`,
    }).join()
    expect(said).not.toContain(secret)
  })

  it('gives out receipts as credentials only when told to, in so many words', () => {
    expect(loadConfig(good).receipts.credentials).toBe(false)
    expect(loadConfig({ ...good, PLACET_RECEIPT_SD_JWT: 'off' }).receipts.credentials).toBe(false)
    expect(loadConfig({ ...good, PLACET_RECEIPT_SD_JWT: 'on' }).receipts.credentials).toBe(true)
    expect(faults({ ...good, PLACET_RECEIPT_SD_JWT: 'yes' }).join()).toContain('PLACET_RECEIPT_SD_JWT')
  })

  it('takes the word of a time authority only with its certificate, which may stand in a file', () => {
    const url = { PLACET_TIMESTAMP_URL: 'https://tsa.example.com' }
    expect(faults({ ...good, ...url })).toEqual([
      expect.stringMatching(/^PLACET_TSA_CERTIFICATES is missing: .*PLACET_TSA_CERTIFICATES_FILE/),
    ])
    expect(faults({ ...good, ...url, PLACET_TSA_CERTIFICATES: 'trust me' })).toEqual([
      'PLACET_TSA_CERTIFICATES must be one or more certificates in PEM',
    ])
    expect(faults({ ...good, PLACET_TSA_POLICY: 'any' }).join()).toContain('PLACET_TSA_POLICY must be')
    const file = join(mkdtempSync(join(tmpdir(), 'placet-config-')), 'tsa.pem')
    writeFileSync(file, `${rootCertificates[0]}\n${rootCertificates[1]}\n`)
    const read = loadConfig(readEnvironment({ ...good, ...url, PLACET_TSA_CERTIFICATES_FILE: file }))
    expect(read.checkpoints.timestampCertificates).toHaveLength(2)
  })

  it('takes a time authority only where it can be reached: over https, or where the way out is opened for it', () => {
    const trusted = { ...good, PLACET_TSA_CERTIFICATES: rootCertificates[0] }
    const told = (url: string) => faults({ ...trusted, PLACET_TIMESTAMP_URL: url })
    expect(told('http://tsa.example.com/tsr')).toEqual([
      expect.stringMatching(
        /^PLACET_TIMESTAMP_URL must be an https address .* on port 443 or 8443: .*PLACET_EGRESS_ALLOW/,
      ),
    ])
    expect(told('https://tsa.example.com:318/tsr')).toHaveLength(1)
    expect(told('https://user:secret@tsa.example.com/tsr')).toHaveLength(1)
    expect(told('https://tsa.example.com/tsr')).toEqual([])
    expect(told('https://tsa.example.com:8443/tsr')).toEqual([])
    const local = {
      PLACET_ISSUER: 'http://localhost:3000',
      PLACET_TIMESTAMP_URL: 'http://localhost:3180/tsr',
    }
    const here = { ...trusted, NODE_ENV: 'development', ...local }
    expect(faults(here)).toHaveLength(1)
    expect(faults({ ...here, PLACET_EGRESS_ALLOW: 'http://localhost:3180' })).toEqual([])
  })

  it('asks a migration for a database and nothing else', () => {
    const owner = {
      NODE_ENV: 'production',
      PLACET_ISSUER: good['PLACET_ISSUER'],
      DATABASE_OWNER_URL: 'postgres://o@db/placet',
    }
    expect(faults(owner, 'migrate')).toEqual([])
    expect(faults({ ...owner, DATABASE_OWNER_URL: undefined }, 'migrate')).toHaveLength(1)
  })
})

describe('the environment', () => {
  it('takes secrets out of files, and will not guess between two', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'placet-config-')), 'kek')
    writeFileSync(path, `${good['PLACET_KEK']}\n`)
    expect(readEnvironment({ PLACET_KEK_FILE: path })['PLACET_KEK']).toBe(good['PLACET_KEK'])
    expect(() => readEnvironment({ PLACET_KEK_FILE: path, PLACET_KEK: 'x' })).toThrow(/both set/)
    expect(() => readEnvironment({ PLACET_KEK_FILE: `${path}.gone` })).toThrow(/PLACET_KEK_FILE/)
  })
})

describe('services of others', () => {
  const robinson = {
    PLACET_EXCLUSION_LISTS_ROBINSON_URL: 'https://robinson.example',
    PLACET_EXCLUSION_LISTS_ROBINSON_KEY: 'key',
    PLACET_EXCLUSION_LISTS_ROBINSON_COMPANY: 'B12345678',
  }
  const sms = {
    PLACET_SMS_URL: 'https://sms.example/messages',
    PLACET_SMS_TOKEN: 'token',
    PLACET_SMS_SENDER: 'TiendaNorte',
  }

  it('are none unless they are set, and whole when they are', () => {
    expect(loadConfig(good)).toMatchObject({
      sms: undefined,
      exclusionLists: { robinson: undefined, stopPublicidad: undefined },
    })
    const config = loadConfig({
      ...good,
      ...robinson,
      ...sms,
      PLACET_EXCLUSION_LISTS_ROBINSON_FROM: '2026-12-01',
      PLACET_EXCLUSION_LISTS_ROBINSON_SECTORS: 'moda, calzado',
      PLACET_COUNTRY: 'PT',
    })
    expect(config.exclusionLists.robinson).toEqual({
      url: new URL('https://robinson.example'),
      apiKey: 'key',
      company: 'B12345678',
      from: new Date('2026-12-01T00:00:00Z'),
      sectors: ['moda', 'calzado'],
    })
    // Messages go to the controller's own country until somebody says which others (R69).
    expect(config.sms).toMatchObject({ sender: 'TiendaNorte', countries: ['PT'] })
    expect(loadConfig({ ...good, ...sms, PLACET_SMS_COUNTRIES: 'ES, PT' }).sms?.countries).toEqual([
      'ES',
      'PT',
    ])
  })

  it.each([
    [
      'half a subscription',
      { ...robinson, PLACET_EXCLUSION_LISTS_ROBINSON_KEY: '' },
      /ROBINSON_KEY is missing/,
    ],
    ['a company without an address', { PLACET_EXCLUSION_LISTS_STOP_PUBLICIDAD_CLIENT: 'x' }, /set both/],
    ['keys over plain http', { ...sms, PLACET_SMS_URL: 'http://sms.example' }, /must be https/],
    [
      'a day that is none',
      { ...robinson, PLACET_EXCLUSION_LISTS_ROBINSON_FROM: '2026-02-30' },
      /must be a day/,
    ],
    [
      'a sender no telephone shows',
      { ...sms, PLACET_SMS_SENDER: 'Tienda Norte, S. L.' },
      /PLACET_SMS_SENDER/,
    ],
    ['a country by its name', { ...sms, PLACET_SMS_COUNTRIES: 'Spain' }, /country codes/],
  ])('refuse %s', (_, environment, fault) => {
    const found = faults({ ...good, ...environment })
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(fault)
  })

  it('take their secrets from files', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'placet-')), 'token')
    writeFileSync(path, 'from-a-file\n')
    const { PLACET_SMS_TOKEN: _, ...rest } = sms
    expect(loadConfig(readEnvironment({ ...good, ...rest, PLACET_SMS_TOKEN_FILE: path })).sms?.token).toBe(
      'from-a-file',
    )
  })
})

describe('the zone in which days begin', () => {
  it('is that of the controller’s seat', () => {
    const zone = (environment: Environment) => loadConfig({ ...good, ...environment }).brand.timeZone
    expect(zone({})).toBe('Europe/Madrid')
    expect(zone({ PLACET_COUNTRY: 'PT' })).toBe('Europe/Lisbon')
    expect(zone({ PLACET_TIME_ZONE: 'Atlantic/Canary' })).toBe('Atlantic/Canary')
    expect(zone({ PLACET_COUNTRY: 'US', PLACET_TIME_ZONE: 'America/New_York' })).toBe('America/New_York')
  })

  it('is never guessed', () => {
    expect(faults({ ...good, PLACET_COUNTRY: 'US' })).toEqual([
      expect.stringMatching(/^PLACET_TIME_ZONE is missing/),
    ])
    for (const wrong of ['+02:00', 'Europe/Atlantis', '1']) {
      expect(faults({ ...good, PLACET_TIME_ZONE: wrong })).toEqual([
        expect.stringMatching(/must be a time zone/),
      ])
    }
  })
})
