import type { Rule } from './matter.ts'
import { deny } from './matter.ts'

/** Rule 4. A processor needs its contract (GDPR Art. 28(3)), a third country its transfer tool (Art. 44), both in date. */
export const recipient: Rule = ({ system, watch }) => {
  const { processorContract, transferTool } = system
  if (system.role === 'processor' && !isInDate(processorContract)) return deny('NO_PROCESSOR_CONTRACT')
  if (system.thirdCountry && !isInDate(transferTool)) return deny('NO_TRANSFER_TOOL')
  return undefined

  function isInDate(paper: { readonly validUntil?: number | undefined } | undefined): boolean {
    return paper !== undefined && !watch.reached(paper.validUntil ?? Number.POSITIVE_INFINITY)
  }
}
