import { logLevels } from '../log/log.ts'
import { type Config, ConfigRefused, type Role } from './config.ts'
import type { Environment } from './env.ts'
import { type Reading, startReading } from './faults.ts'
import { readCheckpoints } from './read-checkpoints.ts'
import { readCountryHeader, readExclusionLists, readSms } from './read-outside.ts'
import {
  country,
  databaseUrl,
  integer,
  isLoopback,
  oneOf,
  originList,
  smtpUrl,
  trustedProxies,
} from './readings.ts'
import { parseSecrets } from './secret-bytes.ts'
import { timeZone, timeZoneOf } from './time-zones.ts'

/** Pure: the same variables give the same tree or the same refusal. */
export function loadConfig(env: Environment, role: Role = 'web'): Config {
  const reading = startReading(env)
  const mode = readMode(reading)
  const listen = readListen(reading, mode)
  const issuer = readIssuer(reading, mode, listen.port)
  // Whoever is reachable from outside is held to the rules of production, whatever the mode says.
  const strict = mode === 'production' || !isLoopback(issuer.hostname)
  if (strict && role === 'demo') {
    reading.fault(
      'the demo and its embedded database are for evaluation on this machine: set DATABASE_URL and run `npm start`',
    )
  }
  const home = reading.read('PLACET_COUNTRY', 'ES', country, 'a country code of two letters, such as ES')
  const egress = { allow: readEgress(reading, strict) }
  const proxies = reading.read(
    'PLACET_TRUSTED_PROXIES',
    [],
    trustedProxies,
    'a comma-separated list of addresses or networks, none of them everything',
  )
  const config: Config = {
    production: strict,
    issuer,
    database: readDatabase(reading, role, strict),
    // Published keys are for tests: whatever else runs, on this machine or not, has keys of its own (R120).
    ...readSecrets(reading, role, strict || (mode !== 'test' && role !== 'demo')),
    listen,
    trustedProxies: proxies,
    countryHeader: readCountryHeader(reading, proxies),
    mail: readMail(reading, issuer, strict && role !== 'migrate' && role !== 'verify'),
    log: { level: readLogLevel(reading, mode, strict) },
    sms: readSms(reading, home),
    exclusionLists: readExclusionLists(reading),
    egress,
    checkpoints: readCheckpoints(reading, egress),
    receipts: {
      credentials:
        reading.read('PLACET_RECEIPT_SD_JWT', 'off', (text) => oneOf(text, onOff), 'on or off') === 'on',
    },
    brand: {
      name: reading.text('PLACET_BRAND') ?? 'Placet',
      controller: reading.text('PLACET_CONTROLLER') ?? reading.text('PLACET_BRAND') ?? 'Placet',
      country: home,
      timeZone: readTimeZone(reading, home),
    },
  }
  if (reading.faults.length > 0) throw new ConfigRefused(reading.faults)
  return config
}

const onOff = ['on', 'off'] as const

function readTimeZone(reading: Reading, home: string): string {
  const ofCountry = timeZoneOf(home)
  if (ofCountry === undefined && reading.text('PLACET_TIME_ZONE') === undefined) {
    reading.fault(
      `PLACET_TIME_ZONE is missing: that of ${home} is not known here; set one, such as America/New_York`,
    )
  }
  return reading.read('PLACET_TIME_ZONE', ofCountry ?? 'UTC', timeZone, 'a time zone, such as Europe/Madrid')
}

const modes = ['development', 'test', 'production'] as const
type Mode = (typeof modes)[number]

function readMode(reading: Reading): Mode {
  return reading.read<Mode>(
    'NODE_ENV',
    'development',
    (text) => oneOf(text, modes),
    'development, test or production',
  )
}

function readListen(reading: Reading, mode: Mode): Config['listen'] {
  const port = (name: string, fallback: number) =>
    reading.read(name, fallback, (text) => integer(text, 0, 65_535), 'a port number')
  const listen = {
    host: reading.text('HOST') ?? (mode === 'production' ? '0.0.0.0' : '127.0.0.1'),
    port: port('PORT', 3000),
    management: {
      host: reading.text('PLACET_MANAGEMENT_HOST') ?? '127.0.0.1',
      port: port('PLACET_MANAGEMENT_PORT', 9000),
    },
  }
  if (listen.port !== 0 && listen.port === listen.management.port) {
    reading.fault('PORT and PLACET_MANAGEMENT_PORT are the same: set another PLACET_MANAGEMENT_PORT')
  }
  return listen
}

function readIssuer(reading: Reading, mode: Mode, port: number): URL {
  const here = `http://localhost:${port}`
  const text = reading.text('PLACET_ISSUER') ?? here
  if (mode === 'production' && reading.text('PLACET_ISSUER') === undefined) {
    reading.fault('PLACET_ISSUER is missing: set it to the public address, such as https://id.example.com')
  }
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) {
    reading.fault('PLACET_ISSUER must be a URL, such as https://id.example.com')
    return new URL(here)
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    reading.fault('PLACET_ISSUER must be https: plain http is accepted on localhost only')
  }
  if (url.origin !== text.replace(/\/$/, '')) {
    reading.fault(
      `PLACET_ISSUER must be an origin, without path, query, credentials or default port: set ${url.origin}`,
    )
  }
  return url
}

function readDatabase(reading: Reading, role: Role, strict: boolean): Config['database'] {
  const read = (name: string) => reading.read(name, undefined, databaseUrl, 'a postgres:// URL')
  const url = read('DATABASE_URL')
  const ownerUrl = read('DATABASE_OWNER_URL')
  const given = ['DATABASE_URL', ...(role === 'migrate' ? ['DATABASE_OWNER_URL'] : [])].some(
    (name) => reading.text(name) !== undefined,
  )
  if (!given && role !== 'demo') {
    reading.fault(
      'DATABASE_URL is missing: set it to postgres://user:password@host:5432/placet (the embedded database is only for `npm run demo`)',
    )
  }
  if (strict && role !== 'migrate' && url !== undefined && url === ownerUrl) {
    reading.fault(
      'DATABASE_URL is the owner of the tables: give the service a role of its own, which cannot rewrite the ledger',
    )
  }
  return { url, ownerUrl }
}

function readSecrets(
  reading: Reading,
  role: Role,
  refusePublished: boolean,
): Pick<Config, 'keks' | 'secrets'> {
  if (role === 'migrate') return { keks: [], secrets: [] }
  if (role === 'verify' && reading.text('PLACET_KEK') === undefined) return { keks: [], secrets: [] }
  const read = (name: 'PLACET_KEK' | 'PLACET_SECRET', what: string): readonly Uint8Array[] => {
    const keys = parseSecrets(reading.text(name), refusePublished)
    if (typeof keys !== 'string') return keys
    reading.fault(
      `${name} (${what}) is ${keys}: set ${name} or ${name}_FILE to the output of \`openssl rand -base64 32\``,
    )
    return []
  }
  const keks = read('PLACET_KEK', 'the key-encryption key')
  const secrets = role === 'verify' ? [] : read('PLACET_SECRET', 'the master secret')
  if (keks.some((kek) => secrets.some((secret) => Buffer.from(kek).equals(secret)))) {
    reading.fault('PLACET_KEK and PLACET_SECRET are the same: set two different ones')
  }
  return { keks, secrets }
}

function readMail(reading: Reading, issuer: URL, needed: boolean): Config['mail'] {
  const url = reading.read(
    'SMTP_URL',
    undefined,
    smtpUrl,
    'smtps://user:password@host:465 or smtp://host:587',
  )
  if (needed && reading.text('SMTP_URL') === undefined) {
    reading.fault(
      'SMTP_URL is missing: without mail nobody can be sent a code; set smtps://user:password@host:465',
    )
  }
  if (needed && reading.text('PLACET_MAIL_FROM') === undefined) {
    reading.fault('PLACET_MAIL_FROM is missing: set it to the address mail comes from')
  }
  const address = reading.read(
    'PLACET_MAIL_FROM',
    `no-reply@${issuer.hostname}`,
    (text) => (/^[\w.+-]{1,64}@[a-z0-9.-]{1,190}$/i.test(text) ? text : undefined),
    'a plain address, such as no-reply@example.com',
  )
  return { smtpUrl: url, from: { address, name: reading.text('PLACET_BRAND') ?? 'Placet' } }
}

function readLogLevel(reading: Reading, mode: Mode, strict: boolean): Config['log']['level'] {
  const level = reading.read(
    'PLACET_LOG_LEVEL',
    mode === 'test' ? 'silent' : 'info',
    (text) => oneOf(text, logLevels),
    `one of ${logLevels.join(', ')}`,
  )
  if (strict && level === 'debug') reading.fault('PLACET_LOG_LEVEL=debug is not for production: set info')
  for (const name of ['DEBUG', 'NODE_DEBUG', 'NODE_TLS_REJECT_UNAUTHORIZED']) {
    if (strict && reading.text(name) !== undefined) reading.fault(`${name} is set: unset it in production`)
  }
  return level
}

function readEgress(reading: Reading, strict: boolean): readonly string[] {
  const allow = reading.read('PLACET_EGRESS_ALLOW', [], originList, 'a comma-separated list of exact origins')
  if (strict && allow.length > 0) {
    reading.fault('PLACET_EGRESS_ALLOW opens the way to internal hosts: unset it in production')
  }
  return allow
}
