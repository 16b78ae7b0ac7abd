import { expect } from 'vitest'
import type { ApiHouse } from './api-house.ts'

export const list = '/api/v1/permissions?purpose=marketing.direct&contact_channel=email'

/** Walks the list to its end, as a mailing system does at its first start. */
export async function walkList(norte: ApiHouse, mailer: string, limit = 2) {
  const items: Record<string, unknown>[] = []
  let next: string | undefined
  for (let page = 0; page < 50; page += 1) {
    const since = next === undefined ? '' : `&changed_since=${encodeURIComponent(next)}`
    const { status, body } = await norte.ask(mailer, 'GET', `${list}&limit=${limit}${since}`)
    expect(status).toBe(200)
    items.push(...body['items'])
    next = body['next']
    if (body['more'] === false) return { items, next: String(next) }
  }
  throw new Error('the list has no end')
}

/** The mailing system's own name for somebody; made known here, as a sign-in there would. */
export async function nameInMailing(norte: ApiHouse, key: string): Promise<string> {
  const client = await norte.app.house.clients.find('correo-norte-api')
  const subjectId = await norte.subjectIdOf(key)
  if (client === undefined) throw new Error('no client')
  const { sector, sub } = norte.app.house.oidc.subjectName(client, subjectId)
  await norte
    .owner('pairwise_subjects')
    .insert({ sector, sub, subject_id: subjectId, first_given_at: new Date() })
    .onConflict(['sector', 'sub'])
    .ignore()
  return sub
}
