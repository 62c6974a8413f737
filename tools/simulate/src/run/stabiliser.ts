// Scale-down stabilisation as horizontal pod autoscalers have it: the highest wish of the last minutes counts, so that a short
// dip gives nothing back.
export class Stabiliser {
  readonly #windowMs: number;
  /** Falling wishes with ascending times: the first is the highest of the window. */
  readonly #wishes: { readonly at: number; readonly slots: number }[] = [];

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Takes a wish and gives the highest of the window that ends now; a wish lasts until the next. Times must not go back. */
  settle(at: number, slots: number): number {
    const wishes = this.#wishes;
    const lasting = wishes.at(-1);
    if (lasting !== undefined) wishes.splice(-1, 1, { at, slots: lasting.slots });
    while (wishes.length > 0 && (wishes.at(-1)?.slots ?? 0) <= slots) wishes.pop();
    wishes.push({ at, slots });
    while ((wishes[0]?.at ?? at) < at - this.#windowMs) wishes.shift();
    return wishes[0]?.slots ?? slots;
  }
}
