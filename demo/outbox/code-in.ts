import type { ReceivedMail } from './smtp-sink.ts'

/** The one-time code of a message, which stands alone on a line of its text. */
export const codeIn = ({ text }: Pick<ReceivedMail, 'text'>): string | undefined =>
  /^\s*(\d{6})\s*$/m.exec(text)?.[1]
