import { randomUUID } from 'node:crypto'
import type { ExclusionList } from '../../features/consent/index.ts'
import type { Config } from '../../platform/config/index.ts'
import type { Egress } from '../../platform/egress/index.ts'
import { faultOfGateway } from '../../platform/sms/index.ts'
import { bad, type Check, good } from './check.ts'

/** Asks each list about an address that nobody can have (RFC 2606): address, credentials and shape are proven by its answer. */
export const checkExclusionLists = (lists: readonly ExclusionList[], now: Date): Promise<readonly Check[]> =>
  Promise.all(
    lists.map(async (list): Promise<Check> => {
      const name = `exclusion list ${list.name}`
      if (list.from !== undefined && list.from > now) {
        return good(name, `asked from ${list.from.toISOString().slice(0, 10)} on`)
      }
      try {
        const [answer] = await list.check([`${randomUUID()}@doctor.invalid`], 'email')
        if (answer === undefined) throw new Error('its answer is not understood.')
        return good(name, 'answers')
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        return bad(
          name,
          `It cannot be asked: ${why}`,
          `Correct PLACET_EXCLUSION_LISTS_${list.name.toUpperCase()}_*; until then nobody is written to without consent where the law asks for it.`,
        )
      }
    }),
  )

/** Where a yes by text message has to come back and no text message can be sent, it never counts. */
export async function checkSms(
  sms: Config['sms'],
  egress: Pick<Egress, 'fetch'>,
  needing: () => Promise<readonly string[]>,
): Promise<readonly Check[]> {
  if (sms === undefined) {
    const purposes = await needing()
    if (purposes.length === 0) return []
    const those = purposes.join(', ')
    return [
      {
        ...good(
          'text messages',
          `no gateway, so where the law wants a yes to ${those} confirmed by text, it never counts`,
        ),
        warning:
          'Set PLACET_SMS_URL, PLACET_SMS_TOKEN and PLACET_SMS_SENDER, or take sms off these purposes.',
      },
    ]
  }
  const fault = await faultOfGateway(egress, sms)
  return [
    fault === undefined
      ? good('text messages', `${sms.url.host} answers; to ${sms.countries.join(', ')}`)
      : bad('text messages', `${sms.url.host}: ${fault}.`, 'Correct PLACET_SMS_URL and PLACET_SMS_TOKEN.'),
  ]
}
