import { load } from 'cheerio'
import { expect } from 'vitest'
import type { EnrolmentId } from '../../../src/features/store-visits/enrol-store.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { readQr } from '../../support/read-qr.ts'
import { answering, type Browser, formOf, type StoreHouse } from './store-house.ts'

export interface EnrolmentRow {
  readonly subject_id: SubjectId
  readonly enrolment_id: EnrolmentId
  readonly identifier_id: string | null
  readonly sealed_answers: Buffer | null
  readonly mail_hash: string | null
  readonly outcome: string | null
}

/** The question that the stores of these tests ask. */
export const email = 'marketing.direct.email'

/** What the code on the assistant's screen leads to, read off the screen as a camera would. */
export const handOffOf = (screen: string): string =>
  new URL(readQr(load(screen)('svg.qr path').attr('d') ?? '')).pathname

/** What happens around the enrolments of a house, as its staff and its customers do it. */
export function enrolmentsIn(store: StoreHouse, clara: Browser) {
  let people = 0
  const enrolments = (): Promise<EnrolmentRow[]> => store.owner('store_enrolments').orderBy('created_at')
  const begin = async (screen: string) => {
    const phone = store.phone()
    const questions = await phone.submit(handOffOf(screen), {})
    return { phone, questions }
  }
  return {
    enrolments,
    newcomer: (name: string) => {
      people += 1
      return `${name}.${people}@nuevo.example`
    },
    enrol: (address: string, browser = clara) =>
      browser.submit('/staff/store/enrol', { email: address, language: 'es', store: 'gran-via' }),
    last: async (): Promise<EnrolmentRow> => {
      const row = (await enrolments()).at(-1)
      if (row === undefined) throw new Error('nobody was enrolled')
      return row
    },
    mailLink: async (address: string, kind = 'store-enrolment'): Promise<string> => {
      const sent = () => store.mailTo(address, kind).at(-1)
      await expect.poll(sent, { timeout: 10_000 }).toBeDefined()
      const href = /https?:\/\/\S+\/store\/finish\/\S+/.exec(sent()?.text ?? '')?.[0] ?? ''
      return new URL(href).pathname
    },
    /** On a phone beside the counter: takes the code up and answers. */
    answerInStore: async (screen: string, answers: Readonly<Record<string, 'yes' | 'no'>>) => {
      const { phone, questions } = await begin(screen)
      const saved = await phone.submit(formOf(questions.text), answering(questions.text, answers))
      return { phone, questions, saved }
    },
    /** Opens what the mail leads to and confirms what it shows. */
    confirm: async (link: string, browser = store.phone()) => {
      const page = await browser.open(link)
      const seen = load(page.text)('input[name=seen]').attr('value') ?? ''
      return browser.submit(`${link}/confirm`, { seen })
    },
    acts: (subjectId: string) => store.owner('consent_events').where({ subject_id: subjectId }),
    permission: async (subjectId: string): Promise<string | undefined> => {
      const [row] = await store
        .owner('permissions')
        .where({ subject_id: subjectId, purpose_id: 'marketing.direct', contact_channel: 'email' })
      return row?.decision
    },
    /** Whether anything of a person is left in the tables of identity. */
    traces: async (subjectId: string): Promise<readonly string[]> => {
      const tables = ['subjects', 'subject_keys', 'identifiers', 'identifier_lookups', 'former_identifiers']
      const rows = await Promise.all(
        tables.map((table) => store.owner(table).where({ subject_id: subjectId })),
      )
      return tables.filter((_, place) => rows[place]?.length !== 0)
    },
  }
}

export type Enrolments = ReturnType<typeof enrolmentsIn>
