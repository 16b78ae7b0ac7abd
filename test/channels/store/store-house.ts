import { randomBytes } from 'node:crypto'
import { load } from 'cheerio'
import type { Knex } from 'knex'
import { commandHouse } from '../../../src/compose/command-house.ts'
import { publishNotice } from '../../../src/features/consent/index.ts'
import { emailIndex, parseEmailAddress } from '../../../src/features/identity/index.ts'
import { tokenHash } from '../../../src/features/staff/secret-token.ts'
import type { StaffRole } from '../../../src/kernel/actor.ts'
import { systemEntropy } from '../../../src/platform/crypto/index.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { openBrowser } from '../admin-console/console-app.ts'

export type Browser = ReturnType<typeof openBrowser>

/** A house with two stores, and words for what its stores ask. */
export async function openStoreHouse() {
  const app = await startTestApp({ people: true })
  const owner = openLane(app.database.connection, 'store', 4)
  const { touchpoints } = commandHouse(app.house)
  await touchpoints.add({ id: 'norte', kind: 'brand', name: 'Tienda Norte' })
  for (const [id, name] of [
    ['gran-via', 'Tienda Gran Vía'],
    ['sol', 'Tienda Sol'],
  ] as const) {
    await touchpoints.add({ id, kind: 'store', name, parent: 'norte' })
  }
  await publishStoreNotices(app)
  return {
    app,
    owner,
    /** Clara works in the store of Gran Vía unless said otherwise. */
    clerk: (role: StaffRole = 'store-staff', at: string | null = 'gran-via') => clerkAt(app, owner, role, at),
    phone: () => openBrowser(app.origin),
    mailTo: (email: string, kind: string) =>
      app.outbox.messages.filter((one) => one.kind === kind && one.recipients.includes(email)),
    subjectOf: async (email: string): Promise<string> => {
      const address = parseEmailAddress(email)
      const index = address && emailIndex(app.house.platform.blindIndex, address)
      return (index && (await app.house.reads.identifiers.findSubject(index))) ?? ''
    },
    close: async () => {
      await owner.destroy()
      await app.close()
    },
  }
}

export type StoreHouse = Awaited<ReturnType<typeof openStoreHouse>>

async function publishStoreNotices({ house }: TestApp): Promise<void> {
  const registry = house.registry.current()
  const purpose = 'marketing.direct'
  const purposeVersion = registry.active.get(purpose)?.version ?? 0
  for (const language of ['es', 'en'] as const) {
    await publishNotice(
      { work: house.consoleWork, clock: house.platform.clock },
      {
        actor: { kind: 'system', name: 'test' },
        notice: {
          id: 'marketing-direct-store',
          version: 1,
          purpose,
          purposeVersion,
          language,
          surface: 'store',
          title: language === 'es' ? 'Ofertas de la tienda' : 'Offers of the store',
          summary: language === 'es' ? 'Recibir ofertas por correo.' : 'Receive offers by email.',
          text: language === 'es' ? 'Usaremos tu correo para enviarte ofertas.' : 'We will email you offers.',
        },
      },
    )
  }
  await house.registry.refresh()
}

async function clerkAt(app: TestApp, owner: Knex, role: StaffRole, at: string | null): Promise<Browser> {
  const staffId = systemEntropy.id<'staff'>()
  const token = randomBytes(32).toString('base64url')
  const now = new Date()
  await owner('staff').insert({ staff_id: staffId, login: staffId, display_name: 'Clara', created_at: now })
  await owner('staff_roles').insert({ staff_id: staffId, role, touchpoint_id: at, granted_at: now })
  await owner('staff_sessions').insert({
    session_hash: Buffer.from(tokenHash('staff-session', token)),
    staff_id: staffId,
    assurance: 'passkey',
    authenticated_at: now,
    seen_at: now,
    expires_at: new Date(now.getTime() + 3_600_000),
  })
  const browser = openBrowser(app.origin)
  browser.cookies.set('placet_staff', token)
  await browser.open('/staff/store')
  return browser
}

export const wordsOf = (html: string): string => load(html)('main').text().replaceAll(/\s+/g, ' ')

/** The questions of a page as they would be sent, with these answers pressed. */
export function answering(html: string, answers: Readonly<Record<string, 'yes' | 'no'>>) {
  const $ = load(html)
  const fields = $('input[type=hidden][name]')
    .toArray()
    .map((field) => [$(field).attr('name') ?? '', $(field).attr('value') ?? ''] as const)
    .filter(([name]) => name !== '_csrf')
  return {
    ...Object.fromEntries(fields),
    ...Object.fromEntries(Object.entries(answers).map(([key, answer]) => [`choice.${key}`, answer])),
    decide: 'save',
  }
}

/** Where the first form of a page posts to. */
export const formOf = (html: string): string => load(html)('main form').first().attr('action') ?? ''
