/** Runs a generator to its end and gives its result. */
export const finish = <Result>(steps: Generator<unknown, Result, void>): Result => {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
};
