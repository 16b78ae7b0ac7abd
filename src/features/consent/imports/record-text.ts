import { Quarantined } from './quarantine-reason.ts'

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Everything below the space but tab and line ends, and what only marks where a text begins. */
const isControl = (code: number): boolean =>
  (code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 127 || code === 0xfeff

/** The text of a record; what is no UTF-8 is not guessed at, for a guessed address is somebody else's. */
export function textOf(bytes: Uint8Array): string {
  let text: string
  try {
    text = strict.decode(bytes)
  } catch {
    throw new Quarantined('invalid_utf8')
  }
  for (let at = 0; at < text.length; at += 1) {
    if (isControl(text.charCodeAt(at))) throw new Quarantined('control_character')
  }
  return text
}
