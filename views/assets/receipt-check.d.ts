export interface CheckedReceipt {
  readonly outcome: 'genuine' | 'unknown-key' | 'broken' | 'no-receipt'
  readonly signature: 'holds' | 'fails' | 'unknown-key'
  readonly checkpoint: 'holds' | 'fails' | 'unknown-key' | 'absent'
  readonly issuer: string
  readonly receiptId: string
  readonly issuedAt: number
  readonly selective: boolean
  readonly entries: readonly {
    readonly recordId: string
    readonly state: string
    readonly eventState: string
    readonly claimed: boolean
    readonly at: string
    readonly wording: string
    readonly purpose: string
    readonly brand: string
    readonly contactChannel: string
    readonly words: 'holds' | 'fails'
    readonly logged: 'holds' | 'fails' | 'absent'
    readonly opened: 'holds' | 'fails' | 'absent'
  }[]
}

export function checkReceipt(file: string, keys: readonly object[]): Promise<CheckedReceipt>
