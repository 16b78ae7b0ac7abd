import { readdir } from 'node:fs/promises'
import { z } from 'zod'
import type { EventDeclaration } from '../../kernel/event.ts'

const declaration = z.object({
  type: z.string(),
  version: z.number(),
  when: z.string(),
  fields: z.record(
    z.string(),
    z.object({
      classification: z.enum(['public', 'internal', 'personal', 'sensitive', 'secret']),
      meaning: z.string(),
    }),
  ),
})

/** Declarations as they are exported: alone, in a list, or in a record by name. */
function declarationsIn(exported: unknown): readonly EventDeclaration[] {
  const one = declaration.safeParse(exported)
  if (one.success) return [one.data]
  return typeof exported === 'object' && exported !== null
    ? Object.values(exported).flatMap(declarationsIn)
    : []
}

/** Every room that declares events has an `events.ts`; they are found by that name, so none can be forgotten here. */
export async function declaredEvents(
  features = new URL('../../features/', import.meta.url),
): Promise<ReadonlyMap<string, readonly EventDeclaration[]>> {
  const rooms = new Map<string, readonly EventDeclaration[]>()
  // The protocol's room has its own, and stands beside the features.
  const folders = [...(await readdir(features)).sort().map((name) => `${name}/`), '../oidc/']
  for (const folder of folders) {
    const room = folder.replaceAll(/[./]/g, '')
    const files = await readdir(new URL(folder, features)).catch(() => [])
    const file = files.find((name) => /^events\.[jt]s$/.test(name))
    if (file === undefined) continue
    const found = declarationsIn({ ...(await import(new URL(`${folder}${file}`, features).href)) })
    const byType = new Map(found.map((event) => [`${event.type} ${event.version}`, event]))
    rooms.set(
      room,
      [...byType.keys()].sort().flatMap((key) => byType.get(key) ?? []),
    )
  }
  return rooms
}

export function eventsPage(rooms: ReadonlyMap<string, readonly EventDeclaration[]>): string {
  const sections = [...rooms].map(([room, events]) => {
    const parts = events.map(({ type, version, when, fields }) => {
      const rows = Object.entries(fields).map(
        ([name, { classification, meaning }]) => `| \`${name}\` | ${classification} | ${meaning} |`,
      )
      return [
        `### \`${type}\``,
        '',
        `Version ${version}. ${when}`,
        ...(rows.length === 0 ? [] : ['', '| field | classification | meaning |', '|---|---|---|', ...rows]),
        '',
      ].join('\n')
    })
    return [`## ${room}`, '', ...parts].join('\n')
  })
  return [
    '# Events',
    '',
    'What the house tells others, generated from the `events.ts` of each room by `placet docs`. Each event is kept in the',
    'transaction of its fact and delivered at least once, in the order of its subject.',
    '',
    ...sections,
  ].join('\n')
}
