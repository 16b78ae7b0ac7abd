import { invalid } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import { openTouchpoint, type TouchpointParts } from './change-parts.ts'
import { touchpointEvent } from './events.ts'
import { terminalClientId } from './terminal.ts'
import { readTypedTerminalCode, terminalCodeHash } from './terminal-code.ts'
import { provesPossession, type TerminalKey, thumbprintOf } from './terminal-key.ts'
import type { TouchpointStores } from './touchpoint-store.ts'
import { mayCallFrom, touchpointsOf } from './touchpoints.ts'

export interface EnrolTerminal {
  /** As it was typed. */
  readonly code: string
  readonly key: TerminalKey
  /** A compact JWS (ES256, `typ` of `proofType`) by this key over `{ aud: issuer, code }`. */
  readonly proof: string
  /** What our issuer is called: a proof for another house is none here. */
  readonly audience: string
  /** From where the call came: an address, or an IPv6 /64. It must be one the terminal may call from. */
  readonly caller: string
  readonly evidence: Evidence
}

export interface EnrolledTerminal {
  readonly touchpointId: string
  readonly name: string
  readonly clientId: string
}

/** A wrong, used, or late code, a proof that fails, a call from elsewhere: one answer, so that none of them can be told apart. */
const refusal = () =>
  invalid('terminal-code-wrong', 'This code does not enrol a terminal. Ask for a new one.', [
    { field: 'code', code: 'terminal-code-wrong' },
  ])

/**
 * A terminal brings the key it made for itself. The private half never leaves it; whoever only overheard the code has not
 * signed with it, and of many who come with one code the first wins. From then on the terminal is a client that proves
 * itself with this key (RFC 7523), and any key it had before opens nothing.
 */
export async function enrolTerminal<Tx extends TouchpointStores>(
  parts: Omit<TouchpointParts<Tx>, 'authorize'>,
  command: EnrolTerminal,
): Promise<EnrolledTerminal> {
  const { work, clock, entropy, clients } = parts
  const { key, proof, audience, evidence } = command
  const code = readTypedTerminalCode(command.code)
  if (code === undefined || !(await provesPossession(key, proof, { code, audience }))) throw refusal()
  const keyThumbprint = await thumbprintOf(key)
  return work(async (tx) => {
    const at = clock.now()
    const codeHash = terminalCodeHash(code)
    // Anybody may call here with letters of their own: staff who change the tree wait for nobody who holds no code.
    if (!(await tx.terminals.knowsCode(codeHash))) throw refusal()
    // Consumed only now: whoever revokes holds the tree first and takes back the codes then, and so do we.
    const all = await tx.touchpoints.lockAll()
    const touchpointId = await tx.terminals.consumeCode(codeHash)
    if (touchpointId === undefined || !mayCallFrom(touchpointsOf(all), touchpointId, command.caller)) {
      throw refusal()
    }
    const terminal = openTouchpoint(all, touchpointId)
    await tx.terminals.enrol(touchpointId, keyThumbprint, at)
    await clients.admit(tx, terminal, { ...key, kid: keyThumbprint }, at)
    await tx.audit.record({
      action: 'touchpoints.terminal-enrolled',
      actor: { kind: 'anonymous' },
      at,
      about: `touchpoint:${touchpointId}`,
      facts: { client: terminalClientId(touchpointId), key: keyThumbprint },
      evidence: { ...evidence, touchpoint: touchpointId },
    })
    await tx.outbox.add(touchpointEvent(entropy, 'terminal.enrolled', at, { touchpointId, keyThumbprint }))
    return { touchpointId, name: terminal.name, clientId: terminalClientId(touchpointId) }
  })
}
