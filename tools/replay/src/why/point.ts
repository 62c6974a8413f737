// A point of an explanation.

/** One point of the explanation: a heading and its sentences. */
export interface Point {
  readonly topic: string;
  readonly sentences: readonly string[];
}

export const point = (topic: string, ...sentences: readonly string[]): Point => ({ topic, sentences });
