// Work of seconds runs in a thread of its own, so that the one before it hears Ctrl-C and draws progress at any time, however
// long a single step takes. Questions and answers are plain data.
import { parentPort, Worker, workerData } from "node:worker_threads";

type Message<Progress, Answer> = { readonly progress: Progress } | { readonly answer: Answer };

/**
 * Asks a thread and waits for its answer; the thread ends with it, or with the process.
 * @param thread module of this tool without its ending, such as `backtest/backtest-main`; the built one also where this file
 *   runs from its source: threads load no TypeScript
 */
export const askAside = async <Progress, Answer>(
  thread: string,
  question: unknown,
  onProgress: (progress: Progress) => void,
): Promise<Answer> =>
  await new Promise<Answer>((resolve, reject) => {
    const worker = new Worker(new URL(`../dist/${thread}.js`, import.meta.url), {
      workerData: question,
      execArgv: [],
    });
    worker.on("message", (message: Message<Progress, Answer>) => {
      if ("progress" in message) onProgress(message.progress);
      else resolve(message.answer);
    });
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`The thread ${thread} ended with ${code} and no answer.`)));
  });

/** The thread's side: answers the question that it was started with. */
export const answerAside = async <Question, Progress, Answer>(
  answer: (question: Question, onProgress: (progress: Progress) => void) => Promise<Answer> | Answer,
): Promise<void> => {
  const post = (message: Message<Progress, Answer>): void => parentPort?.postMessage(message);
  post({ answer: await answer(workerData as Question, (progress) => post({ progress })) });
};
