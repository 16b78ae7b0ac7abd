import type { NoticeReference } from '../consent/index.ts'
import type { Call } from './call.ts'
import { agentReference } from './call-reference.ts'

/** Where in which recording the customer says it. */
export interface CallRecording {
  readonly id: string
  /** In seconds from its beginning; an agent at a desk does not know it. */
  readonly offset?: number
  /** SHA-256 of the recording, base64url; there is none while it is still being made. */
  readonly hash?: string
}

const scriptOf = ({ id, version, language }: NoticeReference): string => `${id} v${version} ${language}`

/**
 * What is kept beside an act that was told on the telephone (EDPB 05/2020, 91-95; R57): which call and agent, how surely the
 * caller was known, which wording was read in which language, and where it can be heard. Nothing is read to somebody who can
 * only say no, and then none is said to have been.
 */
export function callParticulars(
  call: Pick<Call, 'reference' | 'agentId' | 'assurance'>,
  read: readonly NoticeReference[],
  recording: CallRecording | undefined,
): Readonly<Record<string, string>> {
  return {
    call: call.reference,
    agent: agentReference(call.agentId),
    caller_assurance: call.assurance,
    ...(read.length === 0 ? {} : { script: [...new Set(read.map(scriptOf))].join(', ') }),
    ...(recording === undefined
      ? {}
      : {
          recording_id: recording.id,
          ...(recording.offset === undefined ? {} : { recording_offset: String(recording.offset) }),
          ...(recording.hash === undefined ? {} : { recording_hash: recording.hash }),
        }),
  }
}
