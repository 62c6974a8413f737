// Worker slots that come and go: a slot is paid from the moment it is asked for, works once it has booted, and when it is no
// longer wanted it finishes what it runs. Running work is never stopped.
interface Boot {
  readonly at: number;
  count: number;
}

export interface CapacityChange {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Paid slots from then on: booting, ready and draining ones. */
  readonly slots: number;
}

export class SlotPool {
  readonly #bootMs: number;
  readonly #boots: Boot[] = [];
  readonly #changes: CapacityChange[] = [];
  #booting = 0;
  #ready: number;
  #running = 0;
  /** Running slots that go away when they have finished. */
  #draining = 0;

  /** `slots` are ready at once; later ones boot for `bootMs`. */
  constructor(slots: number, at: number, bootMs: number) {
    this.#ready = slots;
    this.#bootMs = bootMs;
    this.#changes.push({ at, slots });
  }

  /** Slots that can be given work, busy ones included. */
  get ready(): number {
    return this.#ready;
  }

  get running(): number {
    return this.#running;
  }

  /** Ready slots without work. */
  get free(): number {
    return this.#ready - (this.#running - this.#draining);
  }

  get paid(): number {
    return this.#booting + this.#ready + this.#draining;
  }

  /** When the next slots have booted, epoch milliseconds; Infinity when none boots. */
  get nextReadyAt(): number {
    return this.#boots[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  /** Paid slots over time, ascending; one entry an instant. */
  get changes(): readonly CapacityChange[] {
    return this.#changes;
  }

  /** Asks for so many slots: more boot, fewer leave, idle ones first. */
  resize(slots: number, now: number): void {
    const more = slots - this.#ready - this.#booting;
    if (more > 0) this.#grow(more, now);
    else this.#shrink(-more);
    this.#note(now);
  }

  /** Lets slots work whose boot is over. */
  advance(now: number): void {
    for (let boot = this.#boots[0]; boot !== undefined && boot.at <= now; boot = this.#boots[0]) {
      this.#ready += boot.count;
      this.#booting -= boot.count;
      this.#boots.shift();
    }
  }

  start(): void {
    this.#running += 1;
  }

  finish(now: number): void {
    this.#running -= 1;
    if (this.#draining === 0) return;
    this.#draining -= 1;
    this.#note(now);
  }

  #grow(more: number, now: number): void {
    // A draining slot is up already: keeping it is faster than booting another.
    const kept = Math.min(more, this.#draining);
    this.#draining -= kept;
    this.#ready += kept;
    if (more === kept) return;
    this.#boots.push({ at: now + this.#bootMs, count: more - kept });
    this.#booting += more - kept;
    this.advance(now);
  }

  #shrink(fewer: number): void {
    let left = fewer;
    for (let boot = this.#boots.at(-1); boot !== undefined && left > 0; boot = this.#boots.at(-1)) {
      const given = Math.min(left, boot.count);
      boot.count -= given;
      this.#booting -= given;
      left -= given;
      if (boot.count === 0) this.#boots.pop();
    }
    const idle = Math.min(left, this.free);
    this.#ready -= left;
    this.#draining += left - idle;
  }

  #note(at: number): void {
    const slots = this.paid;
    const last = this.#changes.at(-1);
    if (last?.slots === slots) return;
    if (last?.at === at) this.#changes.pop();
    if (this.#changes.at(-1)?.slots !== slots) this.#changes.push({ at, slots });
  }
}
