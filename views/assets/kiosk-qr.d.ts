/** Rows of dark (true) and light modules; undefined for a text that is too long. */
export function qrMatrix(text: string, mask?: number): boolean[][] | undefined
/** Draws it into the box, with the quiet zone of four modules that cameras need. */
export function drawQr(box: Element, text: string): void
