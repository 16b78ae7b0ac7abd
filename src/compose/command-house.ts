import type { CommandHouse } from '../cli/command-house.ts'
import type { House } from '../compose.ts'
import { rotateClientSecret } from '../features/recipients/index.ts'
import { createStaff, issueEnrolment } from '../features/staff/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { notFound } from '../kernel/errors.ts'
import { campaignCommands } from './campaigns.ts'
import { findingCommands } from './findings.ts'
import { importCommands } from './imports.ts'
import { lawCommands } from './law-commands.ts'
import { housePush } from './push.ts'
import { clientDocument, registerClient, shownClient } from './register-client.ts'
import { registryCommands } from './registry-commands.ts'
import { resourceCommands } from './resources.ts'
import { subjectCommands } from './subject-commands.ts'
import { lockAndEnd, unlock } from './subject-lock.ts'
import { touchpointCommands } from './touchpoint-commands.ts'

const commandLine: Actor = { kind: 'system', name: 'cli' }

const recordKeys = (
  { consoleWork, platform }: House,
  action: 'keys.rotated' | 'keys.leaked-replaced' | 'keys.push-renewed',
  facts: Readonly<Record<string, string | number | boolean>>,
): Promise<void> =>
  consoleWork((tx) => tx.audit.record({ action, actor: commandLine, at: platform.clock.now(), facts }))

/** What the commands ask of the house; each acts as the command line and is audited as such. */
export function commandHouse(house: House): CommandHouse {
  const { consoleWork, platform, clients } = house
  const { clock, entropy } = platform
  const parts = { work: consoleWork, clock, entropy }

  return {
    clients: {
      create: (document, note = () => {}) => registerClient(house, { actor: commandLine, document, note }),
      list: async () => (await clients.list()).map((client) => clientDocument(client)),
      rotateSecret: async (clientId) => {
        const { secret } = await rotateClientSecret(parts, { actor: commandLine, clientId })
        return shownClient(house, clientId, secret)
      },
    },
    resources: resourceCommands(house, commandLine),
    staff: {
      create: ({ login, displayName, roles }) =>
        createStaff(parts, { actor: commandLine, login, displayName, roles }),
      enrol: (login) => issueEnrolment(parts, { actor: commandLine, login }),
    },
    ...touchpointCommands(house, commandLine),
    ...registryCommands(house),
    ...lawCommands(house),
    ...campaignCommands(house),
    ...importCommands(house),
    ...findingCommands(house),
    ledger: {
      checkpoint: async () => {
        const signed = await house.consentProofs.keeper.checkpoint()
        if (signed === undefined) return undefined
        const { size, root, issuedAt, jws } = signed
        return { size, root: Buffer.from(root).toString('base64url'), issuedAt, jws }
      },
    },
    subjects: {
      ...subjectCommands(house),
      lock: async (command) => ({
        subjectId: await lockAndEnd(house, { actor: commandLine, ...command }),
        state: 'locked',
      }),
      unlock: async (command) => ({
        subjectId: await unlock(house, { actor: commandLine, ...command }),
        state: 'active',
      }),
    },
    keys: {
      rotate: async (options) => {
        const steps = await house.oidc.keys.rotate(options)
        if (steps > 0) await recordKeys(house, 'keys.rotated', { steps, begun: options.begin })
        return steps
      },
      replaceLeaked: async (kid) => {
        const fresh = await house.oidc.keys.replaceLeaked(kid)
        if (fresh === undefined)
          throw notFound('unknown-key', `No signing key is called ${kid}; see keys list.`)
        await recordKeys(house, 'keys.leaked-replaced', { kid, fresh })
        return fresh
      },
      list: () => house.oidc.keys.list(),
      renewPush: async () => {
        await housePush(house.config, platform).renewKey()
        await recordKeys(house, 'keys.push-renewed', {})
      },
    },
    close: () => house.close(),
  }
}
