// Values the examples of this context share.
import type { Sealed } from "../common.js";
import type { Work } from "./work.js";

export const exampleSealed: Sealed = {
  key: "0198f3a0-0000-7000-8000-00000000000a",
  iv: "AAAAAAAAAAAAAAAA",
  tag: "AAAAAAAAAAAAAAAAAAAAAA==",
  body: "c2VhbGVk",
};

export const exampleWork: Work = {
  vendor: "lens-and-light",
  wedding: "smith-jones",
  weddingStream: "7a1f3f0e-5a52-5d2c-9c1b-3f6f2f6f0a11",
  moduleType: "email",
  definitionVersion: 1,
  market: "united-kingdom",
  zone: "Europe/London",
  scheduleVersion: 1,
  window: { highFrom: 1_781_391_600_000, criticalFrom: 1_781_910_000_000, criticalUntil: 1_782_104_400_000 },
  defaultTier: "normal",
  dueAt: 1_779_436_800_000,
  deadline: 1_779_451_200_000,
  expiresAt: 1_779_523_200_000,
  onLate: "run",
  effect: "at-most-once",
  attempts: 0,
  lost: 0,
};
