import type { SubjectId } from '../../kernel/ids.ts'

/** What an authenticator keeps to name the account: the sixteen bytes of the subject's id. It tells nothing about anybody. */
export const userHandle = (subjectId: SubjectId): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(subjectId.replaceAll('-', ''), 'hex'))

export const userHandleText = (subjectId: SubjectId): string =>
  Buffer.from(userHandle(subjectId)).toString('base64url')
