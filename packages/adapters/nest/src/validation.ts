// Lets Nest's handlers run on checked input only, and hands it to them.
import { createParamDecorator, type CanActivate, type ExecutionContext, Injectable } from "@nestjs/common";
import { checkInput } from "@wedsync/adapter-http";
import type { FastifyRequest } from "fastify";

@Injectable()
export class ValidationGuard implements CanActivate {
  canActivate(execution: ExecutionContext): boolean {
    checkInput(execution.switchToHttp().getRequest<FastifyRequest>());
    return true;
  }
}

/** Hands the checked input to a controller method. */
export const RequestInput = createParamDecorator((_data: unknown, execution: ExecutionContext) => {
  return execution.switchToHttp().getRequest<FastifyRequest>().input;
});
