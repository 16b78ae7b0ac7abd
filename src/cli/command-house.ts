import type {
  CampaignStatus,
  DocumentFinding,
  Explanation,
  ImportFile,
  ImportOutcome,
  ImportProgress,
  Invalidated,
  PublishingImpact,
  Quarantine,
  RulePackImpact,
} from '../features/consent/index.ts'
import type { RoleAssignment, StaffCreated } from '../features/staff/index.ts'
import type { Config } from '../platform/config/index.ts'
import type { DatabaseConnection } from '../platform/db/connection.ts'
import type { TouchpointCommands } from './touchpoint-commands.ts'

/** A client as it is shown: its id, its metadata in the names of OpenID Connect registration, and our own fields. */
export type ClientDocument = Readonly<Record<string, unknown>>

export interface PurposeLine {
  readonly id: string
  readonly version: number
  readonly class: string
  readonly bases: readonly string[]
  readonly contactChannels: readonly string[]
}

export interface LintReport {
  readonly findings: readonly DocumentFinding[]
  readonly impact: PublishingImpact
}

/** What is left out is filled in: the house itself asks, about the first contact channel and attribute of the purpose. */
export interface ExplainQuestion {
  readonly subject: string
  readonly purpose: string
  readonly contactChannel?: string
  readonly attribute?: string
  readonly campaignCategory?: string
  readonly system?: string
  readonly at?: string
}

export interface ImportOrder {
  readonly file: ImportFile
  readonly format: 'csv' | 'ndjson'
  readonly mapping: ClientDocument | undefined
  readonly source?: string
  readonly takeIn: boolean
  readonly dryRun: boolean
  readonly resume: boolean
  readonly quarantine: Quarantine
  readonly onProgress: (progress: ImportProgress) => void
  readonly signal: AbortSignal
}

export interface SubjectState {
  readonly subjectId: string
  readonly state: 'locked' | 'active'
}

/** What an officer decided and the command line carries out. */
export interface Decided {
  /** Login of the officer. */
  readonly officer: string
  readonly reason: string
}

/** A version of a country's law; `not followed` came with the product, where the house reads the law for itself. */
export interface RulePackLine {
  readonly jurisdiction: string
  readonly version: string
  readonly validFrom: string
  readonly own: boolean
  readonly state: 'in force' | 'to come' | 'superseded' | 'not followed'
}

export interface LawPreview {
  readonly jurisdiction: string
  readonly version: string
  readonly impact: RulePackImpact
}

/** Which answers a finding is about, as they were typed; one of the four ways to say it. */
export interface FindingOrder extends Decided {
  readonly as: 'invalidated' | 'revoked'
  readonly import?: string
  readonly touchpoint?: string
  readonly from?: string
  readonly until?: string
  readonly notice?: string
  readonly noticeVersion?: string
  readonly language?: string
  readonly act?: string
  readonly dryRun: boolean
  readonly onProgress: (counted: Invalidated) => void
  readonly signal: AbortSignal
}

/** Where nothing is sent: a contact channel or `*`, and one address of the person or all of them. */
export interface StopScope {
  readonly contactChannel: string
  readonly address?: string
}

/** One question, as permissions are kept: of a brand, for a purpose, over a contact channel. */
interface Question {
  readonly brand: string
  readonly purpose: string
  readonly contactChannel: string
}

/** What linking two accounts, or undoing it, comes to; with `dryRun` what it would come to. */
export interface LinkedPreview {
  readonly outcome: 'linked' | 'standing' | 'unlinked' | 'ended-before'
  readonly dryRun: boolean
  /** What one account allowed and another refused. */
  readonly conflicts: readonly (Question & {
    readonly said: readonly {
      readonly subjectId: string
      readonly state: string
      readonly at: string | null
    }[]
  })[]
  /** Every question that may be or might be acted on, account by account. */
  readonly permissions: readonly (Question & {
    readonly subjectId: string
    readonly before: 'PERMIT' | 'DENY'
    readonly after: 'PERMIT' | 'DENY'
    readonly reason: string
  })[]
}

/** A purpose as its document would show it to customers, in one language and place. */
export interface PurposePreview {
  readonly language: string
  readonly surface: string
  readonly version: number
  readonly title: string
  readonly summary: string
  readonly text: string
  readonly controller: string
  readonly data: readonly string[]
  readonly recipients: readonly string[]
  readonly retention: string
  readonly howToStop: string
  readonly asked: readonly string[]
  /** True when somebody who agreed before would be shown what changed. */
  readonly changed: boolean
}

/** A service as it is shown; see docs/operations.md, Services. */
export type ResourceDocument = Readonly<Record<string, unknown>>

/**
 * What the commands need of the wired house, and no more. `compose.ts` satisfies it. Everything here acts as
 * `{ kind: 'system', name: 'cli' }` and is audited as such.
 */
export interface CommandHouse extends TouchpointCommands {
  readonly clients: {
    /**
     * Registers a client from any metadata an OpenID client may have, with our own fields beside it (`recipient_id`,
     * `purpose_id`, `first_party`, `channel`, `contact_channel`, `brand_id`; `client_id` may be chosen). Answers the stored
     * document, which can be handed in again, with `client_secret` in clear this one time where the client has one.
     * `note` is told what is worth knowing though nothing is wrong.
     */
    create(document: ClientDocument, note?: (text: string) => void): Promise<ClientDocument>
    /** Every client, active or not, without secrets. */
    list(): Promise<readonly ClientDocument[]>
    /** A second secret beside the present one, in clear this one time; the one before the present stops working. */
    rotateSecret(clientId: string): Promise<ClientDocument>
  }
  readonly resources: {
    /** Registers a service from its document and answers it as it is kept, which can be handed in again. */
    create(document: ResourceDocument, note?: (text: string) => void): Promise<ResourceDocument>
    /** Every service, retired ones too. */
    list(): Promise<readonly ResourceDocument[]>
    retire(identifier: string): Promise<ResourceDocument>
    /** Which of its scopes a client may ask for from now on; none takes the right away. */
    allow(command: {
      readonly identifier: string
      readonly clientId: string
      readonly scopes: readonly string[]
    }): Promise<ResourceDocument>
  }
  readonly staff: {
    create(command: {
      readonly login: string
      readonly displayName: string
      readonly roles: readonly RoleAssignment[]
    }): Promise<StaffCreated>
    /** A new enrolment link for somebody who lost their passkey. */
    enrol(login: string): Promise<StaffCreated>
  }
  readonly rulePacks: {
    list(): Promise<readonly RulePackLine[]>
    /** A version as a document; the one in force unless named. Throws `rule-pack-unknown`. */
    show(jurisdiction: string, version?: string): Promise<ClientDocument>
    /** For how many people a document would change something. Changes nothing. Throws `rule-pack-document`. */
    preview(document: ClientDocument): Promise<LawPreview>
    /** Puts it in force. Throws `officer-only`, `officer-unknown`, `rule-pack-document`, `rule-pack-published`. */
    publish(document: ClientDocument, decided: Decided): Promise<LawPreview>
  }
  readonly productFamilies: {
    list(): Promise<readonly { readonly family: string; readonly categories: readonly string[] }[]>
    /** Both answer what has changed. Throw `officer-unknown`, `product-family-name`, `product-family-unknown`. */
    add(family: string, categories: readonly string[], decided: Decided): Promise<readonly string[]>
    remove(
      family: string,
      categories: readonly string[] | undefined,
      decided: Decided,
    ): Promise<readonly string[]>
  }
  readonly purposes: {
    /** What is in force, one line a purpose. */
    list(): Promise<readonly PurposeLine[]>
    /** What the linter finds in a document, and what publishing it would do. Changes nothing. */
    lint(document: ClientDocument): Promise<LintReport>
    /** Drafts, words and puts in force. Refused while the linter finds anything, unless told otherwise. */
    publish(
      document: ClientDocument,
      options: { readonly despiteFindings: boolean },
    ): Promise<LintReport & { readonly version: number }>
    /** How a document would look to customers, in each language it is worded in. Changes nothing. */
    preview(document: ClientDocument): Promise<readonly PurposePreview[]>
    /** Gives up the draft of a purpose and answers its number, which is spent. */
    discard(purpose: string): Promise<number>
    /** Ends a purpose: nothing may be used for it any more, whatever was agreed to. */
    retire(purpose: string, reason: string): Promise<void>
    /** The registry in terms of the Data Privacy Vocabulary, as JSON-LD. */
    exportDpv(): Promise<ClientDocument>
  }
  readonly notices: {
    /** A further wording of a version there is; answers the hash that consents will pin. */
    publish(document: ClientDocument): Promise<{ readonly textHash: string }>
  }
  readonly decisions: {
    /** The one decision about a person, rule by rule; undefined when there is no such person. */
    explain(question: ExplainQuestion): Promise<Explanation | undefined>
  }
  /** A person is named by their id or e-mail address. */
  readonly subjects: {
    /**
     * Erases what proves the consents of somebody whose account is blocked or erased, on the officer's decision and over a
     * connection of the tables' owner. Throws `evidence-needed`, `linked-account-in-use`, `evidence-role`,
     * `officer-unknown`.
     */
    eraseEvidence(
      person: string,
      decided: Decided,
      owner: DatabaseConnection,
    ): Promise<{ readonly subjectId: string; readonly erased: number }>
    /** Notes in which country a person lives; its law decides from then on. */
    move(
      person: string,
      command: { readonly to: string; readonly reason: string },
    ): Promise<{ readonly outcome: 'moved' | 'unchanged' }>
    lock(command: { readonly subject: string; readonly reason: string }): Promise<SubjectState>
    unlock(command: { readonly subject: string; readonly reason: string }): Promise<SubjectState>
    /** Two accounts are one person's. A refusal is an answer: it is on record, and nothing was linked. */
    link(
      first: string,
      second: string,
      command: Decided & {
        readonly assurance: string
        readonly shared?: readonly string[]
        readonly rule?: string
        readonly dryRun: boolean
      },
    ): Promise<
      | (LinkedPreview & { readonly members: readonly string[] })
      | { readonly outcome: 'refused'; readonly reason: string; readonly dryRun: boolean }
    >
    /** Ends every link that joins these two directly; `mistaken` when they never were one person's. That may be told again. */
    unlink(
      first: string,
      second: string,
      command: Decided & { readonly mistaken: boolean; readonly dryRun: boolean },
    ): Promise<LinkedPreview & { readonly links: readonly string[]; readonly mistaken: boolean }>
    restrict(
      person: string,
      command: Decided & { readonly scope: readonly string[]; readonly ground: string },
    ): Promise<{ readonly receiptId: string }>
    /** Tells the person, and answers when the restriction may end. */
    announceLift(
      person: string,
      command: Decided & { readonly scope: readonly string[]; readonly told?: string; readonly on?: string },
    ): Promise<{ readonly noticeId: string; readonly endsAfter: Date }>
    liftRestriction(
      person: string,
      command: Decided & { readonly scope: readonly string[] },
    ): Promise<{ readonly receiptId: string }>
    overrideObjection(
      person: string,
      command: Decided & { readonly purpose: string; readonly grounds: string },
    ): Promise<{ readonly receiptId: string }>
    suppress(
      person: string,
      command: StopScope & { readonly because: string; readonly source: string },
    ): Promise<{ readonly outcome: 'recorded' | 'unchanged' }>
    liftSuppression(
      person: string,
      command: StopScope & Decided,
    ): Promise<{ readonly outcome: 'recorded' | 'unchanged' }>
  }
  readonly findings: {
    /** Declares answers invalid, or no longer relied on, on the officer's decision. */
    declare(order: FindingOrder): Promise<Invalidated>
  }
  readonly imports: {
    /** Records what people answered elsewhere. */
    consents(order: ImportOrder): Promise<ImportOutcome>
  }
  readonly campaigns: {
    create(plan: {
      readonly purpose: string
      readonly from?: string
      readonly until: string
      readonly coolOff: string
    }): Promise<CampaignStatus>
    start(campaign: string): Promise<CampaignStatus>
    status(campaign: string): Promise<CampaignStatus>
    end(campaign: string): Promise<CampaignStatus>
  }
  readonly keys: {
    /** Takes the steps that are due and answers how many were taken; `begin` publishes the next key now. */
    rotate(options: { readonly begin: boolean }): Promise<number>
    /** Throws `unknown-key`. Answers the id of the key that signs instead. */
    replaceLeaked(kid: string): Promise<string>
    list(): Promise<readonly Readonly<Record<'kid' | 'algorithm' | 'state' | 'since', string>>[]>
    /** Another key for browsers that subscribe from now on; those there keep theirs. */
    renewPush(): Promise<void>
  }
  readonly ledger: {
    /** Appends what waits, signs what the log has come to and copies it out; undefined while it is empty. */
    checkpoint(): Promise<
      | { readonly size: number; readonly root: string; readonly issuedAt: Date; readonly jws: string }
      | undefined
    >
  }
  close(): Promise<void>
}

export type OpenHouse = (config: Config, connection: DatabaseConnection) => Promise<CommandHouse>
