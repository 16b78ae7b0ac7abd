import type { Config } from './config.ts'
import type { Reading } from './faults.ts'
import { countryList, httpUrl, isLoopback, ownHeader } from './readings.ts'

/** Keys and numbers travel with every question, so anything but https stays on this machine. */
function serviceUrl(reading: Reading, name: string): URL | undefined {
  const url = reading.read(name, undefined, httpUrl, 'an https address')
  if (url !== undefined && url.protocol !== 'https:' && !isLoopback(url.hostname)) {
    reading.fault(`${name} must be https: plain http is accepted on localhost only`)
  }
  return url
}

/** A variable that another one needs: the fault says which. */
function neededBy(reading: Reading, first: string, name: string): string {
  const given = reading.text(name)
  if (given === undefined) reading.fault(`${name} is missing: ${first} is set and needs it`)
  return given ?? ''
}

/** Left over from a service whose address was taken away: half a configuration is a mistake, not a wish. */
function alone(reading: Reading, first: string, others: readonly string[]): undefined {
  for (const name of others) {
    if (reading.text(name) !== undefined) reading.fault(`${name} is set and ${first} is not: set both`)
  }
}

const day = (text: string): Date | undefined => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined
  const at = new Date(`${text}T00:00:00Z`)
  return Number.isNaN(at.getTime()) || !at.toISOString().startsWith(text) ? undefined : at
}

const fromDay = (reading: Reading, name: string) => {
  const from = reading.read(name, undefined, day, 'a day, such as 2026-12-01')
  return from === undefined ? {} : { from }
}

/** Any words: they are the list's own. */
const words = (text: string): readonly string[] => text.split(',').flatMap((word) => word.trim() || [])

const sectorsIn = (reading: Reading, name: string) => {
  const sectors = reading.read(name, undefined, words, 'lines of business, separated by commas')
  return sectors === undefined || sectors.length === 0 ? {} : { sectors }
}

const robinson = {
  url: 'PLACET_EXCLUSION_LISTS_ROBINSON_URL',
  key: 'PLACET_EXCLUSION_LISTS_ROBINSON_KEY',
  company: 'PLACET_EXCLUSION_LISTS_ROBINSON_COMPANY',
  from: 'PLACET_EXCLUSION_LISTS_ROBINSON_FROM',
  sectors: 'PLACET_EXCLUSION_LISTS_ROBINSON_SECTORS',
} as const

function readRobinson(reading: Reading): Config['exclusionLists']['robinson'] {
  const url = serviceUrl(reading, robinson.url)
  if (url === undefined) {
    const { key, company, from, sectors } = robinson
    return alone(reading, robinson.url, [key, company, from, sectors])
  }
  return {
    url,
    apiKey: neededBy(reading, robinson.url, robinson.key),
    company: neededBy(reading, robinson.url, robinson.company),
    ...fromDay(reading, robinson.from),
    ...sectorsIn(reading, robinson.sectors),
  }
}

const stop = {
  url: 'PLACET_EXCLUSION_LISTS_STOP_PUBLICIDAD_URL',
  client: 'PLACET_EXCLUSION_LISTS_STOP_PUBLICIDAD_CLIENT',
  salt: 'PLACET_EXCLUSION_LISTS_STOP_PUBLICIDAD_SALT',
  from: 'PLACET_EXCLUSION_LISTS_STOP_PUBLICIDAD_FROM',
  sectors: 'PLACET_EXCLUSION_LISTS_STOP_PUBLICIDAD_SECTORS',
} as const

function readStopPublicidad(reading: Reading): Config['exclusionLists']['stopPublicidad'] {
  const url = serviceUrl(reading, stop.url)
  if (url === undefined) return alone(reading, stop.url, [stop.client, stop.salt, stop.from, stop.sectors])
  return {
    url,
    clientId: neededBy(reading, stop.url, stop.client),
    salt: neededBy(reading, stop.url, stop.salt),
    ...fromDay(reading, stop.from),
    ...sectorsIn(reading, stop.sectors),
  }
}

/** The public exclusion lists the operator subscribed to. */
export const readExclusionLists = (reading: Reading): Config['exclusionLists'] => ({
  robinson: readRobinson(reading),
  stopPublicidad: readStopPublicidad(reading),
})

/** As telephones show it: up to eleven letters and digits, or a number (3GPP TS 23.040, 9.1.2.5). */
const senderShape = /^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$|^\+[1-9]\d{6,14}$/

/** The gateway for text messages, and the countries messages may be sent to: the controller's own unless said otherwise. */
export function readSms(reading: Reading, home: string): Config['sms'] {
  const url = serviceUrl(reading, 'PLACET_SMS_URL')
  if (url === undefined) {
    return alone(reading, 'PLACET_SMS_URL', ['PLACET_SMS_TOKEN', 'PLACET_SMS_SENDER', 'PLACET_SMS_COUNTRIES'])
  }
  const token = neededBy(reading, 'PLACET_SMS_URL', 'PLACET_SMS_TOKEN')
  const sender = neededBy(reading, 'PLACET_SMS_URL', 'PLACET_SMS_SENDER')
  if (sender !== '' && !senderShape.test(sender)) {
    reading.fault(
      'PLACET_SMS_SENDER must be up to eleven letters and digits, or a number such as +34600111222',
    )
  }
  return {
    url,
    token,
    sender,
    countries: reading.read(
      'PLACET_SMS_COUNTRIES',
      [home],
      countryList,
      'a comma-separated list of country codes, such as ES,PT',
    ),
  }
}

/** Where a proxy says which country a caller is in (R48). Without a proxy that is believed, anybody could say it. */
export function readCountryHeader(reading: Reading, proxies: readonly string[]): string | undefined {
  const name = 'PLACET_COUNTRY_HEADER'
  const header = reading.read(
    name,
    undefined,
    ownHeader,
    'the name of a header that your proxy alone sets, such as CF-IPCountry',
  )
  if (header !== undefined && proxies.length === 0 && reading.text('PLACET_TRUSTED_PROXIES') === undefined) {
    reading.fault(
      `${name} is set and PLACET_TRUSTED_PROXIES is not: anybody could write that header; set both`,
    )
  }
  return header
}
