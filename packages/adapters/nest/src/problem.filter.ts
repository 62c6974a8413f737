// Nest's way out for exceptions, into the one that answers with a problem.
import { type ArgumentsHost, Catch, type ExceptionFilter } from "@nestjs/common";
import { answerProblem, type ErrorLogger } from "@wedsync/adapter-http";
import type { FastifyReply, FastifyRequest } from "fastify";

@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger: ErrorLogger;

  constructor(logger: ErrorLogger) {
    this.#logger = logger;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    answerProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), this.#logger);
  }
}
