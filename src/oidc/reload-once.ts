/** One load at a time; a change told while one is under way may not be in it, so it is followed by another. */
export function reloadOnce(load: () => Promise<void>): () => Promise<void> {
  let reloading: Promise<void> | undefined
  let again = false
  return () => {
    if (reloading !== undefined) {
      again = true
      return reloading
    }
    reloading = (async () => {
      try {
        do {
          again = false
          await load()
        } while (again)
      } finally {
        reloading = undefined
      }
    })()
    return reloading
  }
}
