import { type Channel, channels } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { ConsentRecords } from './consent-records.ts'

/** As many acts as a person looks back on; what is older is told by its day alone. */
const lookedThrough = 50

/** By which channel the person's latest acts came, by the ids of their events. Older ones are left out. */
export async function whereAnswered(
  { records }: { readonly records: ConsentRecords },
  subjectId: SubjectId,
): Promise<ReadonlyMap<string, Channel>> {
  const acts = await records.history(subjectId, { limit: lookedThrough })
  return new Map(
    acts.flatMap(({ event, channel }) => {
      const known = channels.find((one) => one === channel)
      return known === undefined ? [] : [[event.id, known] as const]
    }),
  )
}
