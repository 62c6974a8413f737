// Every process knows module definitions, weddings and vendors: a tail of the log keeps its memory fresh.
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from "@nestjs/common";
import type { Platform } from "../platform/platform.js";
import { PLATFORM } from "../platform/tokens.js";

@Injectable()
export class RegistryRole implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #stop = new AbortController();
  #following: Promise<void> | undefined;

  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  async onApplicationBootstrap(): Promise<void> {
    const { log, registry } = this.platform;
    const after = await log.head();
    await registry.refresh();
    this.#following = this.#follow(after);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#following;
  }

  async #follow(after: bigint): Promise<void> {
    const { log, registry, states, logger } = this.platform;
    let last = after;
    while (!this.#stop.signal.aborted) {
      try {
        for await (const events of log.tail({ after: last, signal: this.#stop.signal })) {
          for (const event of events) if (registry.apply(event) === "behind") await registry.refresh();
          states.see(events);
          last = events.at(-1)?.position ?? last;
        }
      } catch (error) {
        states.clear();
        logger.warn({ name: error instanceof Error ? error.name : "unknown" }, "the log cannot be followed now");
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }
}
