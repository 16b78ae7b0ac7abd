import { z } from 'zod'
import type { CommandHouse } from '../cli/command-house.ts'
import type { House } from '../compose.ts'
import {
  type ImportMapping,
  importConsents,
  importMappingShape,
  pgImportPeople,
  pgImportReads,
  pgImportTurn,
  pgRehearsal,
  redecidingWork,
} from '../features/consent/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { invalid } from '../kernel/errors.ts'
import { openLane } from '../platform/db/lanes.ts'
import { openPipelinedReader } from '../platform/db/pipelined-reader.ts'
import { workOn } from './pg-work.ts'

const importer: Actor = { kind: 'system', name: 'import' }

/** A batch of rows is heavier than what people wait for. */
const deadlines = { statement_timeout: 60_000, idle_in_transaction_session_timeout: 60_000 }

function readMapping(document: unknown): ImportMapping {
  const result = importMappingShape.safeParse(document)
  if (result.success) return result.data
  throw invalid(
    'import-mapping',
    `The mapping is refused: ${z.prettifyError(result.error).replaceAll('\n', ' ')}`,
  )
}

/** Imports for the command line, on connections of their own: no sign-in ever waits for one. */
export function importCommands(house: House): Pick<CommandHouse, 'imports'> {
  const { config, connection, names, platform, registry, sealer, ledger } = house
  const { clock, entropy, blindIndex } = platform
  return {
    imports: {
      consents: async ({ mapping: document, source: named, takeIn, ...asked }) => {
        const mapping = readMapping(document ?? {})
        const source = named ?? mapping.source
        if (source === undefined) {
          throw invalid('import-source-missing', 'It has to be known whose consents these were.')
        }
        const lane = openLane(connection, 'import', 2, deadlines)
        const reader = openPipelinedReader(connection, 'import-reads', 1)
        try {
          return await importConsents(
            {
              work: redecidingWork(workOn(lane), house.deciding),
              clock,
              entropy,
              registry,
              people: pgImportPeople(reader, { sealer, controller: names.controller }),
              imports: pgImportReads(lane),
              takeTurn: pgImportTurn(connection),
              sealer,
              signer: ledger.signer,
              addresses: ledger.addresses,
              blindIndex,
              rehearse: () => pgRehearsal(connection),
            },
            {
              ...asked,
              mapping,
              source,
              controller: names.controller,
              brand: names.brand,
              actor: importer,
              language: 'es',
              newcomers: takeIn ? { jurisdiction: config.brand.country } : undefined,
            },
          )
        } finally {
          await reader.close()
          await lane.destroy()
        }
      },
    },
  }
}
