import 'reflect-metadata';
import { Logger } from '@nestjs/common';

/** Keeps the libraries' own log off stdout, which carries JSON: what goes wrong is thrown, and told by the command. */
export function quietTransport(): void {
  Logger.overrideLogger(false);
}
