/**
 * The fields a line may have. `word` is a short technical token without `@`, `+` or spaces; `path` a route's pattern, not
 * the address asked for; `id` one of our UUIDs, which mean nothing outside the house.
 */
const fields = {
  requestId: 'id',
  traceId: 'word',
  method: 'word',
  route: 'path',
  status: 'number',
  durationMs: 'number',
  channel: 'word',
  surface: 'word',
  clientId: 'word',
  recipient: 'word',
  connector: 'word',
  eventId: 'id',
  eventType: 'word',
  subjectId: 'id',
  staffId: 'id',
  job: 'word',
  lane: 'number',
  attempt: 'number',
  count: 'number',
  bytes: 'number',
  waitMs: 'number',
  lagMs: 'number',
  limit: 'word',
  kind: 'word',
  outcome: 'word',
  reason: 'word',
  code: 'word',
  reference: 'word',
  state: 'word',
  version: 'word',
  migration: 'word',
  kid: 'word',
  host: 'word',
  port: 'number',
  signal: 'word',
  url: 'origin',
} as const satisfies Readonly<Record<string, Shape>>

type Shape = 'id' | 'word' | 'path' | 'number' | 'origin'
type Fields = typeof fields

export type LogFields = {
  readonly [Name in keyof Fields]?: Fields[Name] extends 'number' ? number : string
}

const dropped = '[dropped]'

const texts: Readonly<Record<Exclude<Shape, 'number'>, RegExp>> = {
  id: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  word: /^(?!\d{6,})[\w.:/-]{1,80}$/,
  path: /^\/[\w.:/{}*()-]{0,120}$/,
  origin: /^https?:\/\/[\w.:[\]-]{1,120}$/,
}

const shapes: ReadonlyMap<string, Shape> = new Map(Object.entries(fields))

/** Only what is listed, only in its shape. Types say the same, but a cast or a spread gets past types. */
export function allowedFields(given: LogFields): Record<string, string | number> {
  const out: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(given)) {
    const shape = shapes.get(name)
    if (shape === undefined || value === undefined) continue
    if (shape === 'number') out[name] = typeof value === 'number' ? value : dropped
    else out[name] = typeof value === 'string' && texts[shape].test(value) ? value : dropped
  }
  return out
}
