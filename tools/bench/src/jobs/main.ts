// Process entry of the jobs that need packages only.
import { answerOnce } from "./answer.js";
import type { AppendMessage } from "./append-requests.js";
import { append } from "./append.js";
import { decide, type DecideMessage } from "./decide.js";
import { foldEvents, type FoldMessage } from "./fold.js";
import { httpLoad, type HttpLoadMessage } from "./http-load.js";

type Message = AppendMessage | DecideMessage | FoldMessage | HttpLoadMessage;

answerOnce<Message>(async (message) => {
  switch (message.job) {
    case "append":
      return await append(message);
    case "decide":
      return await decide(message);
    case "fold":
      return await foldEvents(message);
    case "http-load":
      return await httpLoad(message);
  }
});
