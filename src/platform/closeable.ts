/** Closes what was opened, last first. Being told twice is no harm. */
export interface Closeable {
  close(): Promise<void>
}

/**
 * Opens something of many parts, each of which says how it is closed as soon as it is open. `close` closes them all; a step
 * that fails closes what was open by then, and is told as it was.
 */
export async function closeable<Parts extends object>(
  open: (opened: AsyncDisposableStack) => Promise<Parts>,
): Promise<Parts & Closeable> {
  const opened = new AsyncDisposableStack()
  try {
    return { ...(await open(opened)), close: () => opened.disposeAsync() }
  } catch (error) {
    await opened.disposeAsync().catch(() => {})
    throw error
  }
}
