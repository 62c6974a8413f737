// Process entry of the jobs that need packages only.
import { answerOnce } from "./answer.js";
import { append, type AppendMessage } from "./append.js";

type Message = AppendMessage;

answerOnce<Message>(async (message) => {
  switch (message.job) {
    case "append":
      return await append(message);
  }
});
