// The order of the spec files: the longest first, so that no worker is left alone with a long one at the end. Jest knows how
// long a file took the last time; on a clean checkout it knows nothing, and the expected durations speak.
import Sequencer = require("@jest/test-sequencer");
import { expectedSeconds } from "./expected-seconds.js";

type Tests = Parameters<Sequencer.default["sort"]>[0];

/** Sorts by the last duration where there is one, else by the expected one. */
export default class LongestFirst extends Sequencer.default {
  override sort(tests: Tests): Tests {
    const seconds = (test: Tests[number]): number =>
      test.duration === undefined ? expectedSeconds(test.path) : test.duration / 1_000;
    // The base looks up the durations; what it made of them stays the order among equals.
    return (super.sort(tests) as Tests).toSorted((a, b) => seconds(b) - seconds(a));
  }
}
