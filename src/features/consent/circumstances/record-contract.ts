import type { ContractId } from './circumstance-store.ts'
import {
  type CircumstanceCommand,
  type CircumstanceParts,
  type Kept,
  keepCircumstance,
} from './keep-circumstance.ts'

export interface RecordContract extends CircumstanceCommand {
  readonly contractId: ContractId
  readonly controller: string
  readonly beganAt: Date
}

/** Records that a contract began with this controller (GDPR Art. 6(1)(b)). The same contract told twice is one. */
export async function recordContract(parts: CircumstanceParts, command: RecordContract): Promise<Kept> {
  const { subjectId, contractId, controller, beganAt } = command
  return keepCircumstance(
    parts,
    { ...command, action: 'consent.contract-recorded', facts: { contractId, controller } },
    ({ facts }, recordedAt) => {
      const { contracts } = facts.subject
      if (contracts.some(({ id }) => id === contractId)) return undefined
      const begun = { id: contractId, controller, at: beganAt.getTime() }
      return {
        facts: { ...facts, subject: { ...facts.subject, contracts: [...contracts, begun] } },
        write: (store) => store.addContract({ subjectId, contractId, controller, beganAt, recordedAt }),
      }
    },
  )
}

/** Records that a contract ended now; one that is not known, or ended already, changes nothing. */
export async function endContract(
  parts: CircumstanceParts,
  command: CircumstanceCommand & { readonly contractId: ContractId },
): Promise<Kept> {
  const { subjectId, contractId } = command
  return keepCircumstance(
    parts,
    { ...command, action: 'consent.contract-ended', facts: { contractId } },
    ({ facts }, at) => {
      const open = facts.subject.contracts.find(
        ({ id, closedAt }) => id === contractId && closedAt === undefined,
      )
      if (open === undefined) return undefined
      const contracts = facts.subject.contracts.map((one) =>
        one === open ? { ...one, closedAt: at.getTime() } : one,
      )
      return {
        facts: { ...facts, subject: { ...facts.subject, contracts } },
        write: (store) => store.endContract(subjectId, contractId, at),
      }
    },
  )
}
