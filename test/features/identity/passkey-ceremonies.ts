import {
  beginPasskeyRegistration,
  beginPasskeySignIn,
  registerPasskey,
  signInWithPasskey,
} from '../../../src/features/identity/index.ts'
import type { Assurance } from '../../../src/kernel/actor.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import type { Bend, SoftwareAuthenticator } from '../../support/software-authenticator.ts'
import { evidence, type House } from './house.ts'

/** Who is at it with which device, as of the moment of the call: both change from test to test. */
export interface AtTheDevice {
  readonly house: House
  readonly subjectId: SubjectId
  readonly phone: SoftwareAuthenticator
}

/** The two ceremonies with a passkey from end to end, each bendable where an attacker would bend it. */
export function passkeyCeremonies(at: () => AtTheDevice) {
  const identity = () => ({
    ...at().house.deps,
    ...at().house.artefacts,
    passkeys: at().house.reads.passkeys,
  })
  /** As compose wires it: people are let in by a statement they share, and by a unit of their own where that says no. */
  const entering = () => ({ ...identity(), work: at().house.entrances })

  async function register(
    options: {
      subjectId?: SubjectId
      bend?: Bend
      assurance?: Assurance
      at?: Date
      boundTo?: string
      silently?: boolean
      authenticator?: SoftwareAuthenticator
      change?: (response: object) => object
    } = {},
  ) {
    const { subjectId = at().subjectId, silently = false, authenticator = at().phone } = options
    const asked = await beginPasskeyRegistration(identity(), {
      subjectId,
      accountName: 'ana@example.es',
      boundTo: 'flow-1',
      silently,
    })
    const made = authenticator.create(asked, options.bend)
    return registerPasskey(identity(), {
      subjectId,
      silently,
      response: JSON.stringify(options.change?.(made) ?? made),
      boundTo: options.boundTo ?? 'flow-1',
      proof: { assurance: options.assurance ?? 'code', at: options.at ?? at().house.clock.now() },
      fallbackName: 'Passkey',
      evidence,
    })
  }

  async function signIn(
    options: {
      bend?: Bend
      boundTo?: string
      expected?: SubjectId
      change?: (response: object) => object
      authenticator?: SoftwareAuthenticator
    } = {},
  ) {
    const subject = options.expected === undefined ? {} : { subjectId: options.expected }
    const asked = await beginPasskeySignIn(identity(), { boundTo: 'flow-1', ...subject })
    const got = (options.authenticator ?? at().phone).get(asked, options.bend)
    return signInWithPasskey(entering(), {
      response: JSON.stringify(options.change?.(got) ?? got),
      boundTo: options.boundTo ?? 'flow-1',
      evidence,
      ...subject,
    })
  }

  return { entering, identity, register, signIn }
}
