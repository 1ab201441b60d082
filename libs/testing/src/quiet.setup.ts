// Failures on purpose are part of many tests; their log lines would bury the real ones. TEST_LOG=1 shows them.
import 'reflect-metadata';
import { Logger } from '@nestjs/common';

if (!process.env['TEST_LOG']) Logger.overrideLogger(false);
