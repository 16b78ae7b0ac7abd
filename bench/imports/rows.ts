import { once } from 'node:events'
import { createWriteStream } from 'node:fs'

const header =
  'row_id,email,purpose,contact_channel,answer,given_at,channel,notice_id,notice_version,evidence_grade,evidence_reference\n'
const answers = ['given', 'refused', 'given', 'withdrawn'] as const

export const addressAt = (person: number): string => `person-${person}@correo.example`

/** What another system exports: four answers a person in a row, one in seven without evidence, one in fifty no fact. */
export async function writeRows(
  path: string,
  rows: number,
  people: number,
  notice: { readonly id: string; readonly purpose: string },
): Promise<void> {
  const file = createWriteStream(path)
  const began = Date.UTC(2020, 0, 1)
  file.write(header)
  for (let at = 0; at < rows; at += 1) {
    const line = [
      `crm-${at}`,
      addressAt(Math.floor((at * people) / rows)),
      at % 100 === 99 ? 'marketing.psychic' : notice.purpose,
      'email',
      answers[at % answers.length],
      new Date(began + at * 60_000).toISOString(),
      at % 100 === 49 ? 'cinema' : 'web',
      notice.id,
      '1',
      at % 7 === 0 ? '' : 'full',
      `form ${at}`,
    ].join(',')
    if (!file.write(`${line}\n`)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'finish')
}
